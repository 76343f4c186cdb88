import { type Check, isAbout } from "../agent/check.ts";
import type { DesiredAgent } from "../agent/definition.ts";
import { callableNames, hasConnector, type Reach, reachOf } from "../agent/reach.ts";
import type { ProblemLog } from "./problem-log.ts";
import { itemsOf, type Mapping, memberOf, type Tree, textOf } from "./tree.ts";

/** A check with the values that name something else. */
export type PlacedCheck = {
  readonly check: Check;
  readonly tree: Mapping;
  readonly calls: readonly Tree[];
};

/**
 * Reports what a check names and its agents do not have: agents of the project, handoffs that lead nowhere near, functions
 * of nobody in reach. Where agents are out of sight, or a connector has tools of any name, nothing is reported.
 */
export function checkCheckReferences(
  log: ProblemLog,
  keys: ReadonlySet<string>,
  agents: readonly DesiredAgent[],
  { check, tree, calls }: PlacedCheck,
): void {
  for (const item of itemsOf(memberOf(tree, "agents"))) checkKey(log, keys, item);
  const handoff = memberOf(memberOf(tree, "expect"), "handoff");
  if (handoff !== undefined) checkKey(log, keys, handoff);
  const reaches = agents
    .filter(({ key }) => isAbout(check, key))
    .map(({ key }) => ({ key, reach: reachIn(agents, key) }));
  for (const { key, reach } of reaches) {
    const name = textOf(handoff);
    if (handoff !== undefined && name !== undefined && keys.has(name)) {
      if (!canHandOff(reach, name))
        log.report(handoff, { code: "unreachable_agent", name, from: key });
    }
    for (const call of calls) {
      const name = textOf(call) === undefined ? (memberOf(call, "name") ?? call) : call;
      checkCall(log, reach, name, key);
    }
  }
  checkAnswers(log, reaches, memberOf(tree, "functions"));
}

function checkKey(log: ProblemLog, keys: ReadonlySet<string>, value: Tree): void {
  const name = textOf(value);
  if (name === undefined || keys.has(name)) return;
  const suggestions = log.suggest(name, keys);
  log.report(value, { code: "unknown_agent", name, in: "checks", suggestions });
}

function reachIn(agents: readonly DesiredAgent[], key: string): Reach {
  const found = agents.find((each) => each.key === key);
  return reachOf({ key: key as DesiredAgent["key"] }, (ref) => {
    if (!("key" in ref)) return undefined;
    const agent = ref.key === key ? found : agents.find((each) => each.key === ref.key);
    return agent?.definition;
  });
}

/** The agent itself counts only where something leads back to it. */
function canHandOff({ definitions, refs, hasUnknown }: Reach, name: string): boolean {
  if (hasUnknown) return true;
  const isInReach = refs.slice(1).some((ref) => "key" in ref && ref.key === name);
  return isInReach || definitions.some((each) => handsOffTo(each, name));
}

function handsOffTo({ handoffs }: Reach["definitions"][number], name: string): boolean {
  return JSON.stringify(handoffs ?? []).includes(JSON.stringify({ key: name }));
}

function checkCall(log: ProblemLog, reach: Reach, value: Tree, from: string): void {
  const name = textOf(value);
  if (name === undefined || mayBeCalled(reach, name)) return;
  const suggestions = log.suggest(name, namesIn(reach));
  log.report(value, { code: "unknown_function", name, from, suggestions });
}

/** An answer is for a function that at least one agent of the check can reach. */
function checkAnswers(
  log: ProblemLog,
  reaches: readonly { readonly key: string; readonly reach: Reach }[],
  functions: Tree | undefined,
): void {
  if (functions?.kind !== "map" || reaches.length === 0) return;
  for (const [name, { key: range }] of functions.members) {
    if (reaches.some(({ reach }) => mayBeCalled(reach, name))) continue;
    const known = new Set(reaches.flatMap(({ reach }) => namesIn(reach)));
    const suggestions = log.suggest(name, known);
    const from = reaches.map(({ key }) => key).join(", ");
    log.report(range, { code: "unknown_function", name, from, suggestions });
  }
}

function mayBeCalled(reach: Reach, name: string): boolean {
  if (reach.hasUnknown || reach.definitions.some(hasConnector)) return true;
  return namesIn(reach).includes(name);
}

function namesIn({ definitions }: Reach): readonly string[] {
  return definitions.flatMap(callableNames);
}
