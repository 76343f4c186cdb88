import type { BoundAgent, BoundProject } from "../agent/definition.ts";
import type { AgentId, AgentKey } from "../agent/identity.ts";
import type { RemoteAgent } from "../agent/remote-agent.ts";
import { provesItself, type Tags, taggedKey, tagsOf } from "../agent/tags.ts";
import { groupBy } from "./group-by.ts";
import type { Refusal, Suspect } from "./refusal.ts";
import type { Owner } from "./scope.ts";

/** Who is who: which remote agent each key stands for, and what stands in the way of knowing it. */
export type Identification = {
  /** The remote agent of each key that has one. A desired key without one is to be created. */
  readonly remoteOf: ReadonlyMap<AgentKey, RemoteAgent>;
  /** Agents tagged as this project's whose key the configuration does not have, oldest first. */
  readonly orphans: readonly { readonly key: AgentKey; readonly remote: RemoteAgent }[];
  /** Agents without any owner tags, which no key is bound to. */
  readonly unowned: readonly RemoteAgent[];
  readonly refusals: readonly Refusal[];
};

/**
 * Matches the keys of a configuration with remote agents by tags and by `id`, never by name. A key that has
 * no agent takes over that of the key it was renamed from.
 */
export function identify(desired: BoundProject, agents: readonly RemoteAgent[]): Identification {
  const byId = new Map(agents.map((agent) => [agent.id, agent]));
  const ours = agents.filter((agent) => isOurs(tagsOf(agent), desired)).sort(byAge);
  const owned = groupBy(ours, taggedKey);
  const remoteOf = new Map<AgentKey, RemoteAgent>();
  const refusals: Refusal[] = [];

  for (const agent of desired.agents) {
    const former = formerKeys(agent.key, desired);
    const owners = owned.get(agent.key) ?? former.flatMap((key) => owned.get(key) ?? []);
    const found = agent.id === undefined ? undefined : byId.get(agent.id);
    const problem =
      agent.id === undefined
        ? duplicateOwner(agent.key, owners)
        : bindingProblem(agent, agent.id, found, owners, desired);
    if (problem !== undefined) refusals.push(problem);
    const remote = found ?? owners[0];
    if (remote !== undefined) remoteOf.set(agent.key, remote);
    else refusals.push(...otherForm(agent, agents, desired));
  }

  const bound = new Set([...remoteOf.values()].map((remote) => remote.id));
  const wanted = new Set(desired.agents.map((agent) => agent.key));
  return {
    remoteOf,
    orphans: [...owned]
      .filter(([key]) => !wanted.has(key))
      .flatMap(([key, remotes]) => remotes.map((remote) => ({ key, remote })))
      .filter(({ remote }) => !bound.has(remote.id)),
    unowned: agents.filter((agent) => tagsOf(agent) === undefined && !bound.has(agent.id)),
    refusals,
  };
}

/** The keys that a key was renamed from. */
export function formerKeys(key: AgentKey, { renames }: BoundProject): readonly AgentKey[] {
  return renames.filter(({ to }) => to === key).map(({ from }) => from);
}

/** Whether tags name this project in this environment. */
export function isOurs(tags: Tags | undefined, owner: Owner): boolean {
  return tags?.project === owner.project && tags.environment === owner.environment;
}

/** What a person needs to tell agents apart. */
export function suspectOf(agent: RemoteAgent): Suspect {
  return {
    id: agent.id,
    name: agent.name,
    createdAt: agent.created_at,
    provesItself: provesItself(agent, agent.versions),
  };
}

/**
 * Whether one agent was created before another; the id decides between equals, so that the order never depends
 * on the server's.
 */
export function isOlder(one: RemoteAgent, other: RemoteAgent): boolean {
  return `${one.created_at} ${one.id}` < `${other.created_at} ${other.id}`;
}

function byAge(left: RemoteAgent, right: RemoteAgent): number {
  return isOlder(left, right) ? -1 : 1;
}

/** Several agents with the tags of one key, the oldest first; undefined for one alone. */
export function duplicateOwner(key: AgentKey, owners: readonly RemoteAgent[]): Refusal | undefined {
  if (owners.length < 2) return undefined;
  return { kind: "duplicate_owner", key, suspects: owners.toSorted(byAge).map(suspectOf) };
}

function bindingProblem(
  agent: BoundAgent,
  id: AgentId,
  found: RemoteAgent | undefined,
  owners: readonly RemoteAgent[],
  desired: BoundProject,
): Refusal | undefined {
  const { key, at } = agent;
  if (found === undefined) return { kind: "unknown_id", key, id, at };
  const tags = tagsOf(found);
  const keys: readonly string[] = [key, ...formerKeys(key, desired)];
  if (tags !== undefined && !(isOurs(tags, desired) && keys.includes(tags.key))) {
    const owner = { project: tags.project, environment: tags.environment, key: tags.key };
    return { kind: "owned_elsewhere", key, id, owner, at };
  }
  const others = owners.filter((owner) => owner.id !== id).map(suspectOf);
  return others.length > 0 ? { kind: "second_owner", key, id, others, at } : undefined;
}

/** The same key under "no environment" when one is chosen, or the other way round: one of them is a mistake. */
function otherForm(
  agent: BoundAgent,
  agents: readonly RemoteAgent[],
  owner: BoundProject,
): readonly Refusal[] {
  // Made beside the others on purpose, and deleted again.
  if (owner.isEphemeral) return [];
  const keys: readonly string[] = [agent.key, ...formerKeys(agent.key, owner)];
  return agents.flatMap((remote): Refusal[] => {
    const tags = tagsOf(remote);
    if (tags?.project !== owner.project || !keys.includes(tags.key)) return [];
    if ((tags.environment === "") === (owner.environment === "")) return [];
    const { key, at } = agent;
    const { environment } = tags;
    const { project, environment: chosen } = owner;
    const { id } = remote;
    const heldAs = tags.key;
    return [{ kind: "other_environment_form", key, id, project, heldAs, environment, chosen, at }];
  });
}
