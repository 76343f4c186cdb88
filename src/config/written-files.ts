import { frontMatterAgent } from "./front-matter.ts";
import { parseFile } from "./parse-yaml.ts";
import type { ProjectFiles } from "./project-files.ts";
import { positionOf, type SourceText, wholeOf } from "./source-text.ts";
import {
  itemsOf,
  type Mapping,
  type Member,
  memberOf,
  shapeOf,
  type Tree,
  textOf,
} from "./tree.ts";
import type { TroubleLog } from "./trouble-log.ts";
import { tellUnsupported } from "./unsupported.ts";

const includedMembers = ["agents", "moved"];

/**
 * All that agents.yaml and the files it includes say, as one map: its own members, and the agents of all
 * files together. Undefined when agents.yaml itself cannot be read as a map, which is told.
 */
export function readWrittenFiles(files: ProjectFiles, log: TroubleLog): Mapping | undefined {
  const source = files.openMain();
  const main = source === undefined ? undefined : parseFile(source, log.tell);
  if (main === undefined) return undefined;
  if (main.kind !== "map") return tellNoMap(log, main);
  const agents = new Map<string, Member>();
  addAgents(agents, main, log);
  for (const included of includedFiles(files, memberOf(main, "include"), log)) {
    addIncluded(agents, included, log);
  }
  const { source: file, start, end } = main;
  const all: Tree = { kind: "map", members: agents, source: file, start, end };
  const key = main.members.get("agents")?.key ?? main;
  return { ...main, members: new Map([...main.members, ["agents", { key, value: all }]]) };
}

function includedFiles(
  files: ProjectFiles,
  include: Tree | undefined,
  log: TroubleLog,
): ReadonlySet<SourceText> {
  const included = new Set<SourceText>();
  for (const item of itemsOf(include)) {
    const glob = textOf(item);
    const located = glob === undefined ? undefined : files.locate(glob, item);
    if (glob === undefined || located === undefined) continue;
    const paths = files.match(located);
    if (paths.length === 0) log.tell(item, { code: "no_match", glob });
    for (const path of paths) {
      if (!/\.(ya?ml|md)$/.test(path)) log.tell(item, { code: "bad_include", path });
      else {
        const source = files.open(path, item);
        if (source !== undefined) included.add(source);
      }
    }
  }
  return included;
}

function addIncluded(agents: Map<string, Member>, source: SourceText, log: TroubleLog): void {
  if (source.path.endsWith(".md")) {
    const value = frontMatterAgent(source, log.tell);
    const key = { ...wholeOf(source), end: 0 };
    if (value !== undefined) addAgent(agents, agentKeyOf(source), { key, value }, log);
    return;
  }
  const tree = parseFile(source, log.tell);
  if (tree === undefined) return;
  if (tree.kind !== "map") {
    tellNoMap(log, tree);
    return;
  }
  for (const [name, { key }] of tree.members) {
    if (includedMembers.includes(name)) continue;
    const suggestions = log.suggest(name, includedMembers);
    log.tell(key, { code: "unknown_key", name, known: includedMembers, suggestions });
  }
  tellUnsupported(log, tree);
  addAgents(agents, tree, log);
}

function addAgents(agents: Map<string, Member>, file: Mapping, log: TroubleLog): void {
  const own = memberOf(file, "agents");
  if (own?.kind === "map") {
    for (const [name, member] of own.members) addAgent(agents, name, member, log);
  } else if (own !== undefined) tellNoMap(log, own);
}

function addAgent(
  agents: Map<string, Member>,
  name: string,
  member: Member,
  log: TroubleLog,
): void {
  const first = agents.get(name);
  if (first === undefined) agents.set(name, member);
  else {
    log.tell(member.key, { code: "duplicate_agent", name, first: positionOf(first.key) });
  }
}

/** The key of a `.md` agent: its file's name. */
function agentKeyOf(source: SourceText): string {
  return source.path.slice(source.path.lastIndexOf("/") + 1, -".md".length);
}

function tellNoMap(log: TroubleLog, tree: Tree): undefined {
  if (tree.kind === "broken") return;
  log.tell(tree, { code: "wrong_type", expected: ["map"], found: shapeOf(tree) });
}
