import { type AgentKey, agentKeyPattern } from "../agent/identity.ts";
import type { ProblemLog } from "./problem-log.ts";
import { positionOf } from "./source-text.ts";
import { itemsOf, type Mapping, type Member, memberOf, type Tree, textOf } from "./tree.ts";

/** An entry of `moved` with the names it holds. */
export type Rename = { readonly from: Name; readonly to: Name; readonly entry: Tree };

type Name = { readonly key: AgentKey; readonly tree: Tree };

/**
 * The entries of `moved` that can be followed, by old key: no agent has an old key any more, and no two
 * entries lead to the same new one. The others are reported, those that the schema refuses excepted.
 */
export function renamesOf(log: ProblemLog, written: Mapping): ReadonlyMap<AgentKey, Rename> {
  const agents = memberOf(written, "agents");
  const defined = agents?.kind === "map" ? agents.members : new Map<string, Member>();
  const entries = itemsOf(memberOf(written, "moved"));
  const oldKeys = entries.flatMap((entry) => textOf(memberOf(entry, "from")) ?? []);
  const known = new Set([...defined.keys(), ...oldKeys]);
  const froms = new Map<AgentKey, Tree>();
  const tos = new Map<AgentKey, Tree>();
  const renames = new Map<AgentKey, Rename>();
  for (const entry of entries) {
    const rename = renameOf(entry);
    if (rename === undefined || !isFirst(log, froms, rename.from, "moved_twice")) continue;
    const isGone = checkGone(log, defined, rename.from);
    if (!isFirst(log, tos, rename.to, "moved_together")) continue;
    checkKnown(log, known, rename);
    if (isGone) renames.set(rename.from.key, rename);
  }
  return renames;
}

function renameOf(entry: Tree): Rename | undefined {
  const from = nameOf(memberOf(entry, "from"));
  const to = nameOf(memberOf(entry, "to"));
  return from === undefined || to === undefined ? undefined : { from, to, entry };
}

function nameOf(tree: Tree | undefined): Name | undefined {
  const key = textOf(tree);
  if (tree === undefined || key === undefined || !agentKey.test(key)) return undefined;
  return { key: key as AgentKey, tree };
}

const agentKey = new RegExp(agentKeyPattern);

/** Whether no earlier entry has this name in the same role; one that does is reported. */
function isFirst(
  log: ProblemLog,
  names: Map<AgentKey, Tree>,
  { key, tree }: Name,
  code: "moved_twice" | "moved_together",
): boolean {
  const first = names.get(key);
  if (first === undefined) names.set(key, tree);
  else log.report(tree, { code, name: key, first: positionOf(first) });
  return first === undefined;
}

function checkGone(
  log: ProblemLog,
  defined: ReadonlyMap<string, Member>,
  { key, tree }: Name,
): boolean {
  const agent = defined.get(key);
  if (agent === undefined) return true;
  log.report(tree, { code: "moved_but_there", name: key, defined: positionOf(agent.key) });
  return false;
}

/** A chain may go on at `to`, so old keys are as good as those of agents. */
function checkKnown(log: ProblemLog, known: ReadonlySet<string>, { from, to }: Rename): void {
  const name = to.key;
  if (known.has(name)) return;
  const suggestions = log.suggest(name, known).filter((each) => each !== from.key);
  log.report(to.tree, { code: "unknown_agent", name, in: "moved", suggestions });
}
