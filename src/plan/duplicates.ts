import type { DesiredProject } from "../agent/definition.ts";
import type { AgentId, AgentKey } from "../agent/identity.ts";
import { handsOffTo, type RemoteAgent, type RemoteAlias } from "../agent/remote-agent.ts";
import { provesItself, taggedKey, tagsOf } from "../agent/tags.ts";
import type { AgentPlan } from "./agent-plan.ts";
import { serverReferences } from "./config-references.ts";
import { contentMismatches } from "./content-tag.ts";
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
    (agent) => isOurs(tagsOf(agent), desired) && unbound.has(taggedKey(agent)),
  );
  return new Map([...groupBy(ours, taggedKey)].filter(([, sharing]) => sharing.length > 1));
}

/** What was read of the agents that share a key, besides their default versions. */
export type SharingSight = {
  readonly aliases: ReadonlyMap<AgentId, readonly RemoteAlias[]>;
  /** Every version of those that have several. */
  readonly histories: ReadonlyMap<AgentId, readonly RemoteAgent[]>;
};

/**
 * The agents that only an interrupted apply can have left: written by the run that created them and by nobody else,
 * another run than that of the agent that keeps the key, without an alias, and used by nobody else. A copy that was
 * made in the console names the run of its original, so it is never among them. Where more than one agent of a key is
 * in use, none is: a person decides.
 */
export function abandonedCreates(
  desired: DesiredProject,
  agents: readonly RemoteAgent[],
  { aliases, histories }: SharingSight,
): readonly Duplicate[] {
  const shared = sharedKeys(desired, agents);
  return [...shared].flatMap(([key, sharing]): readonly Duplicate[] => {
    const unused = sharing.filter(
      (agent) =>
        isUnused(agent, sharing, aliases.get(agent.id)) &&
        isOfOneRun(agent, histories.get(agent.id)) &&
        !isEditedInPlace(agent, desired),
    );
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
    aliases.length === 0 &&
    nonce !== "" &&
    sharing.every((other) => other === agent || nonceOf(other) !== nonce)
  );
}

/**
 * Whether one run has written all there is of an agent. That is one version, or several of the same release where
 * the agent was completed after its create.
 */
function isOfOneRun(agent: RemoteAgent, history: readonly RemoteAgent[] = []): boolean {
  const written = agent.versions.length === 1 ? [agent] : history;
  const releases = new Set(written.map((each) => tagsOf(each)?.release));
  return (
    written.length === agent.versions.length &&
    written.every((each) => provesItself(each, agent.versions)) &&
    releases.size === 1
  );
}

/** Somebody's work, which nobody deletes unasked: what is not as it was sent. */
function isEditedInPlace(agent: RemoteAgent, { agents }: DesiredProject): boolean {
  const wanted = agents.find(({ key }) => key === taggedKey(agent));
  return wanted !== undefined && contentMismatches(agent, wanted, serverReferences).length > 0;
}

/** The one that an agent without a second one hands off to, else that of the run whose first create is the oldest. */
function oldestOf(
  unused: readonly RemoteAgent[],
  agents: readonly RemoteAgent[],
  shared: ReadonlyMap<AgentKey, readonly RemoteAgent[]>,
): RemoteAgent | undefined {
  const settled = agents.filter((agent) => !shared.has(taggedKey(agent)));
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
    isOurs(tagsOf(agent), desired) && desired.agents.some(({ key }) => key === taggedKey(agent));
  return !isWritten && handsOffTo(agent, id);
}

function nonceOf(agent: RemoteAgent): string {
  return tagsOf(agent)?.create ?? "";
}
