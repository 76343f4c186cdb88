import type { BoundProject } from "../agent/definition.ts";
import type { AgentId, AgentKey, AliasName } from "../agent/identity.ts";
import type { Reader } from "../agent/ports.ts";
import type { RemoteAgent } from "../agent/remote-agent.ts";
import { taggedKey, tagsOf } from "../agent/tags.ts";
import { identify, isOurs } from "../plan/identify.ts";
import { type AgentWithAliases, versionOfAlias } from "../plan/repoint-plan.ts";
import type { Emit } from "./event.ts";

/** What a command works with that defines no agent. */
export type BoundRequest = {
  readonly desired: BoundProject;
  readonly server: string;
  readonly reader: Reader;
};

/** One of the project's agents on the server. */
export type OwnAgent = Pick<AgentWithAliases, "key" | "remote">;

/**
 * The project's agents on the server: those that carry its tags, and those without an owner that a key is bound
 * to. Sorted by key; of two with the same key both are there.
 */
export async function readOwnAgents(
  desired: BoundProject,
  reader: Reader,
): Promise<readonly OwnAgent[]> {
  return ownAgentsAmong(desired, await reader.agents());
}

/** The same among agents that were read. */
export function ownAgentsAmong(
  desired: BoundProject,
  agents: readonly RemoteAgent[],
): readonly OwnAgent[] {
  const bound = new Map(
    [...identify(desired, agents).remoteOf].map(([key, { id }]): [AgentId, AgentKey] => [id, key]),
  );
  return agents
    .filter((agent) => {
      const tags = tagsOf(agent);
      return isOurs(tags, desired) || (tags === undefined && bound.has(agent.id));
    })
    .map((remote) => {
      const key = bound.get(remote.id) ?? taggedKey(remote);
      return { key, remote };
    })
    .sort((left, right) => (left.key < right.key ? -1 : 1));
}

/**
 * Tells when a project has agents in environments only, and none was chosen: then whose are meant is anybody's
 * guess.
 */
export async function hasAgentsElsewhere(
  { project, environment }: BoundProject,
  reader: Reader,
  emit: Emit,
): Promise<boolean> {
  if (environment !== "") return false;
  const owners = (await reader.agents()).flatMap((agent) => tagsOf(agent) ?? []);
  const found = owners.filter((tags) => tags.project === project).map((tags) => tags.environment);
  const known = [...new Set(found)].sort();
  if (known.length === 0 || known.includes("")) return false;
  emit({ kind: "environment_needed", project, known });
  return true;
}

/** Agents with their aliases. */
export function readAliasesOf(
  agents: readonly OwnAgent[],
  reader: Reader,
): Promise<readonly AgentWithAliases[]> {
  return Promise.all(
    agents.map(async (own) => ({ ...own, aliases: await reader.aliases(own.remote.id) })),
  );
}

/** The version that an alias stands at, of every agent that has it. */
export async function readTargets(
  fleet: readonly AgentWithAliases[],
  alias: AliasName,
  reader: Reader,
): Promise<ReadonlyMap<AgentId, RemoteAgent>> {
  const carriers = fleet.flatMap((agent) => {
    const version = versionOfAlias(agent, alias);
    return version === undefined ? [] : [{ remote: agent.remote, version }];
  });
  return new Map(
    await Promise.all(
      carriers.map(
        async ({ remote, version }): Promise<[AgentId, RemoteAgent]> => [
          remote.id,
          version === remote.version ? remote : await reader.agent(remote.id, version),
        ],
      ),
    ),
  );
}
