import type { ConfigInput } from "./config.ts";
import { parseFile } from "./parse-yaml.ts";
import type { Trouble } from "./problem.ts";
import { projectFiles } from "./project-files.ts";
import type { Place, SourceText } from "./source-text.ts";
import { type Mapping, memberOf, shapeOf, type Tree } from "./tree.ts";
import type { Tell, TroubleLog } from "./trouble-log.ts";

/** agents.yaml, or its part above the first member that cannot be parsed. */
export type ReadMain = { readonly tree: Mapping; readonly isWhole: boolean };

/**
 * Reads agents.yaml for the sake of whose agents it is about. What is wrong elsewhere in it is told to `lenient`;
 * undefined, and told to `strict`, when it cannot be read as far as that needs.
 */
export function readMainAsFarAsPossible(
  { sources, path }: ConfigInput,
  strict: TroubleLog,
  lenient: TroubleLog,
): ReadMain | undefined {
  const source = projectFiles(sources, path, strict.tell).openMain();
  if (source === undefined) return undefined;
  const told: Told[] = [];
  const whole = parseFile(source, (place, trouble) => void told.push({ place, trouble }), true);
  const cut = whole === undefined ? partAbove(source) : undefined;
  const tree = whole ?? cut;
  if (tree === undefined) {
    retell(told, () => strict.tell);
    return undefined;
  }
  if (tree.kind !== "map") {
    if (tree.kind !== "broken") {
      strict.tell(tree, { code: "wrong_type", expected: ["map"], found: shapeOf(tree) });
    } else retell(told, () => strict.tell);
    return undefined;
  }
  retell(told, (place, trouble) =>
    whole !== undefined && concernsOwner(tree, place, trouble) ? strict.tell : lenient.tell,
  );
  return { tree, isWhole: whole !== undefined };
}

type Told = { readonly place: Place; readonly trouble: Trouble };

function retell(told: readonly Told[], to: (place: Place, trouble: Trouble) => Tell): void {
  for (const { place, trouble } of told) to(place, trouble)(place, trouble);
}

/** Above a syntax error, members that stand at the margin are whole. No more of them are tried than this. */
const mostCuts = 50;

/**
 * The members of a file above the first one that cannot be parsed, if they say whose agents it is about: the
 * project is among them, and nothing of the rest could be environments.
 */
function partAbove(source: SourceText): Tree | undefined {
  const margins = [...source.text.matchAll(/^[A-Za-z"'][^\n]*:/gm)].map(({ index }) => index);
  for (const end of margins.reverse().slice(0, mostCuts)) {
    const part = { ...source, text: source.text.slice(0, end) };
    let isWrong = false;
    const tree = parseFile(part, () => {
      isWrong = true;
    });
    if (isWrong || tree === undefined) continue;
    const rest = source.text.slice(end);
    const isEnough =
      memberOf(tree, "project") !== undefined && !/environments|^["']?project/m.test(rest);
    return isEnough ? tree : undefined;
  }
  return undefined;
}

/** Whether a trouble leaves open whose agents a file is about, or with which key. */
function concernsOwner(main: Mapping, place: Place, trouble: Trouble): boolean {
  const [name, member] = memberAround(main, place) ?? [];
  if (member === undefined) {
    return trouble.code === "duplicate_key" && /^(?:project|environments)$/.test(trouble.name);
  }
  if (name !== "environments") return name === "project";
  const [, environment] = memberAround(member, place) ?? [];
  const [inner] = memberAround(environment, place) ?? [];
  return !["vars", "defaults", "agents"].includes(inner ?? "");
}

function memberAround(
  tree: Tree | undefined,
  { start }: Place,
): readonly [string, Tree] | undefined {
  if (tree?.kind !== "map") return undefined;
  for (const [name, { value }] of tree.members) {
    if (value.start <= start && start < value.end) return [name, value];
  }
  return undefined;
}
