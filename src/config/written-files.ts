import { frontMatterAgent } from "./front-matter.ts";
import { includedFiles } from "./included-files.ts";
import { parseFile, parseYaml } from "./parse-yaml.ts";
import type { ProblemLog } from "./problem-log.ts";
import type { ProjectFiles } from "./project-files.ts";
import { positionOf, type SourceText, wholeRange } from "./source-text.ts";
import { isNull, type Mapping, type Member, memberOf, type Tree, typeOf } from "./tree.ts";

const includedMembers = ["agents", "moved"];

/** What all files say together. */
type Gathered = { readonly agents: Map<string, Member>; readonly moved: Tree[] };

/**
 * All that agents.yaml and the files it includes say, as one map: its own members, with the agents and the
 * renames of all files together. Undefined when agents.yaml itself cannot be read as a map, which is reported.
 */
export function readWrittenFiles(files: ProjectFiles, log: ProblemLog): Mapping | undefined {
  const source = files.openMain();
  const main = source === undefined ? undefined : parseFile(source, log.report, true);
  if (main === undefined) return undefined;
  if (main.kind !== "map") {
    reportWrongType("map", log, main);
    return undefined;
  }
  return gatherFiles(files, main, log);
}

/** agents.yaml with the agents and the renames of the files that it includes. */
export function gatherFiles(files: ProjectFiles, main: Mapping, log: ProblemLog): Mapping {
  const gathered: Gathered = { agents: new Map(), moved: [] };
  addFile(gathered, main, log);
  for (const included of includedFiles(files, memberOf(main, "include"), log)) {
    addIncluded(gathered, included, log);
  }
  const { source: file, start, end } = main;
  const keyOf = (name: string) => main.members.get(name)?.key ?? main;
  const agents: Tree = { kind: "map", members: gathered.agents, source: file, start, end };
  const moved: Tree = { kind: "list", items: gathered.moved, source: file, start, end };
  const members = new Map(main.members)
    .set("agents", { key: keyOf("agents"), value: agents })
    .set("moved", { key: keyOf("moved"), value: moved });
  return { ...main, members };
}

function addIncluded(gathered: Gathered, source: SourceText, log: ProblemLog): void {
  if (source.path.endsWith(".md")) {
    const whole = wholeRange(source);
    const value = frontMatterAgent(source, log.report) ?? { kind: "broken", ...whole };
    addAgent(gathered, agentKeyOf(source), { key: { ...whole, end: 0 }, value }, log);
    return;
  }
  const tree = parseYaml(source, log.report);
  // A file that says nothing yet adds nothing.
  if (tree === undefined || isNull(tree)) return;
  if (tree.kind !== "map") {
    reportWrongType("map", log, tree);
    return;
  }
  for (const [name, { key }] of tree.members) {
    if (includedMembers.includes(name)) continue;
    const suggestions = log.suggest(name, includedMembers);
    log.report(key, { code: "unknown_key", name, known: includedMembers, suggestions });
  }
  addFile(gathered, tree, log);
}

function addFile(gathered: Gathered, file: Mapping, log: ProblemLog): void {
  const agents = memberOf(file, "agents");
  if (agents?.kind === "map") {
    for (const [name, member] of agents.members) addAgent(gathered, name, member, log);
  } else if (agents !== undefined) reportWrongType("map", log, agents);
  const moved = memberOf(file, "moved");
  if (moved?.kind === "list") {
    for (const item of moved.items) gathered.moved.push(item);
  } else if (moved !== undefined) reportWrongType("list", log, moved);
}

function addAgent({ agents }: Gathered, name: string, member: Member, log: ProblemLog): void {
  const first = agents.get(name);
  if (first === undefined) agents.set(name, member);
  else {
    log.report(member.key, { code: "duplicate_agent", name, first: positionOf(first.key) });
  }
}

/** The key of a `.md` agent: its file's name. */
function agentKeyOf(source: SourceText): string {
  return source.path.slice(source.path.lastIndexOf("/") + 1, -".md".length);
}

function reportWrongType(expected: "map" | "list", log: ProblemLog, tree: Tree): void {
  if (tree.kind === "broken") return;
  log.report(tree, { code: "wrong_type", expected: [expected], found: typeOf(tree) });
}
