import type { BoundProject } from "../agent/definition.ts";
import type { AgentId, AgentKey, AliasName } from "../agent/identity.ts";
import type { Reader } from "../agent/ports.ts";
import type { RemoteAgent } from "../agent/remote-agent.ts";
import { taggedKey, tagsOf } from "../agent/tags.ts";
import { identify, isOurs } from "../plan/identify.ts";
import { type AgentWithAliases, versionOfAlias } from "../plan/repoint-plan.ts";
import type { Emit } from "./event.ts";

/** What a command without definitions needs. */
export type BoundRequest = {
  readonly desired: BoundProject;
  readonly server: string;
  readonly reader: Reader;
};

/** One of the project's agents on the server. */
export type OwnAgent = Pick<AgentWithAliases, "key" | "remote">;

/**
 * The project's agents on the server: those with its tags, and those without an owner whose id a key names. Sorted by
 * key; two agents with the same key are both included.
 */
export async function readOwnAgents(
  desired: BoundProject,
  reader: Reader,
): Promise<readonly OwnAgent[]> {
  return ownAgentsAmong(desired, await reader.agents());
}

/** The same for a list of agents. */
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
 * Reports if all agents of a project are in environments, and none was chosen: then it is unknown which agents are
 * meant.
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

/** The version of an alias, for every agent that has it. */
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
