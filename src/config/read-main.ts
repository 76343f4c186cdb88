import type { ConfigInput } from "./config.ts";
import { parseFile } from "./parse-yaml.ts";
import type { ProblemKind } from "./problem.ts";
import type { ProblemLog, ReportProblem } from "./problem-log.ts";
import { projectFiles } from "./project-files.ts";
import type { SourceRange, SourceText } from "./source-text.ts";
import { type Mapping, memberOf, type Tree, typeOf } from "./tree.ts";

/** agents.yaml, or its part above the first member that cannot be parsed. */
export type ReadMain = { readonly tree: Mapping; readonly isWhole: boolean };

/**
 * Reads agents.yaml for the sake of whose agents it is about. What is wrong elsewhere in it is reported to `lenient`;
 * undefined, and reported to `strict`, when it cannot be read as far as that needs.
 */
export function readMainAsFarAsPossible(
  { sources, path }: ConfigInput,
  strict: ProblemLog,
  lenient: ProblemLog,
): ReadMain | undefined {
  const source = projectFiles(sources, path, strict.report).openMain();
  if (source === undefined) return undefined;
  const reported: Reported[] = [];
  const whole = parseFile(source, (range, problem) => void reported.push({ range, problem }), true);
  const cut = whole === undefined ? partAbove(source) : undefined;
  const tree = whole ?? cut;
  if (tree === undefined) {
    forward(reported, () => strict.report);
    return undefined;
  }
  if (tree.kind !== "map") {
    if (tree.kind !== "broken") {
      strict.report(tree, { code: "wrong_type", expected: ["map"], found: typeOf(tree) });
    } else forward(reported, () => strict.report);
    return undefined;
  }
  forward(reported, (range, problem) =>
    whole !== undefined && concernsOwner(tree, range, problem) ? strict.report : lenient.report,
  );
  return { tree, isWhole: whole !== undefined };
}

type Reported = { readonly range: SourceRange; readonly problem: ProblemKind };

function forward(
  reported: readonly Reported[],
  to: (range: SourceRange, problem: ProblemKind) => ReportProblem,
): void {
  for (const { range, problem } of reported) to(range, problem)(range, problem);
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

/** Whether a problem leaves open whose agents a file is about, or with which key. */
function concernsOwner(main: Mapping, range: SourceRange, problem: ProblemKind): boolean {
  const [name, member] = memberAround(main, range) ?? [];
  if (member === undefined) {
    return problem.code === "duplicate_key" && /^(?:project|environments)$/.test(problem.name);
  }
  if (name !== "environments") return name === "project";
  const [, environment] = memberAround(member, range) ?? [];
  const [inner] = memberAround(environment, range) ?? [];
  return !["vars", "defaults", "agents"].includes(inner ?? "");
}

function memberAround(
  tree: Tree | undefined,
  { start }: SourceRange,
): readonly [string, Tree] | undefined {
  if (tree?.kind !== "map") return undefined;
  for (const [name, { value }] of tree.members) {
    if (value.start <= start && start < value.end) return [name, value];
  }
  return undefined;
}
