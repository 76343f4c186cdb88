import type { DesiredProject } from "../agent/definition.ts";
import type { AgentId, AgentKey } from "../agent/identity.ts";
import { handsOffTo, type RemoteAgent, type RemoteAlias } from "../agent/remote-agent.ts";
import { provesItself, tagsOf } from "../agent/tags.ts";
import type { AgentPlan } from "./agent-plan.ts";
import { groupBy } from "./group-by.ts";
import { isOlder, isOurs } from "./identify.ts";

/** An agent that an apply created, and that a later one created again because no list showed it yet. */
export type Duplicate = { readonly key: AgentKey; readonly remote: RemoteAgent };

/** The agents of the keys that several agents have; a key that is bound by `id` is not among them. */
export function sharedKeys(
  desired: DesiredProject,
  agents: readonly RemoteAgent[],
): ReadonlyMap<AgentKey, readonly RemoteAgent[]> {
  const unbound = new Set(desired.agents.flatMap(({ key, id }) => (id === undefined ? [key] : [])));
  const ours = agents.filter(
    (agent) => isOurs(tagsOf(agent), desired) && unbound.has(keyOf(agent)),
  );
  return new Map([...groupBy(ours, keyOf)].filter(([, sharing]) => sharing.length > 1));
}

/**
 * The agents that only an interrupted apply can have left: written once, by another run than the agent that keeps
 * the key, without an alias, and used by nobody else. A copy that was made in the console names the run of its
 * original, so it is never among them. Where more than one agent of a key is in use, none is: a person decides.
 */
export function abandonedCreates(
  desired: DesiredProject,
  agents: readonly RemoteAgent[],
  aliases: ReadonlyMap<AgentId, readonly RemoteAlias[]>,
): readonly Duplicate[] {
  const shared = sharedKeys(desired, agents);
  return [...shared].flatMap(([key, sharing]): readonly Duplicate[] => {
    const unused = sharing.filter((agent) => isUnused(agent, sharing, aliases.get(agent.id)));
    const inUse = sharing.filter((agent) => !unused.includes(agent));
    if (inUse.length > 1) return [];
    const [keeper = oldestOf(unused, agents, shared)] = inUse;
    const others = unused.filter((agent) => agent !== keeper);
    const isFree = others.every(({ id }) => !agents.some((each) => isOutsider(each, id, desired)));
    return isFree ? others.map((remote) => ({ key, remote })) : [];
  });
}

/** Says of a plan which second agents of its key are deleted. */
export function noteDuplicates(plan: AgentPlan, duplicates: readonly Duplicate[]): AgentPlan {
  const ids = duplicates.filter(({ key }) => key === plan.key).map(({ remote }) => remote.id);
  if (ids.length === 0) return plan;
  return { ...plan, notes: [...plan.notes, { kind: "duplicate_removed", ids }] };
}

function isUnused(
  agent: RemoteAgent,
  sharing: readonly RemoteAgent[],
  aliases: readonly RemoteAlias[] = [],
): boolean {
  const nonce = nonceOf(agent);
  return (
    agent.versions.length === 1 &&
    provesItself(agent, agent.versions) &&
    aliases.length === 0 &&
    nonce !== "" &&
    sharing.every((other) => other === agent || nonceOf(other) !== nonce)
  );
}

/** The one that an agent without a second one hands off to, else that of the run whose first create is the oldest. */
function oldestOf(
  unused: readonly RemoteAgent[],
  agents: readonly RemoteAgent[],
  shared: ReadonlyMap<AgentKey, readonly RemoteAgent[]>,
): RemoteAgent | undefined {
  const settled = agents.filter((agent) => !shared.has(keyOf(agent)));
  const called = unused.filter(({ id }) => settled.some((agent) => handsOffTo(agent, id)));
  return (called.length > 0 ? called : unused).toSorted((left, right) =>
    isOlder(firstOf(left, agents), firstOf(right, agents)) ? -1 : 1,
  )[0];
}

/** The first agent that the run of an agent created. */
function firstOf(agent: RemoteAgent, agents: readonly RemoteAgent[]): RemoteAgent {
  const same = agents.filter((each) => nonceOf(each) === nonceOf(agent));
  return same.reduce((first, each) => (isOlder(each, first) ? each : first), agent);
}

/** Whether an agent that this configuration does not write hands off to another one. */
function isOutsider(agent: RemoteAgent, id: AgentId, desired: DesiredProject): boolean {
  const isWritten =
    isOurs(tagsOf(agent), desired) && desired.agents.some(({ key }) => key === keyOf(agent));
  return !isWritten && handsOffTo(agent, id);
}

function nonceOf(agent: RemoteAgent): string {
  return tagsOf(agent)?.create ?? "";
}

function keyOf(agent: RemoteAgent): AgentKey {
  return (tagsOf(agent)?.key ?? "") as AgentKey;
}
