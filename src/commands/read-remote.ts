import { isApiError } from "../agent/api-error.ts";
import type { DesiredProject } from "../agent/definition.ts";
import type { AgentId } from "../agent/identity.ts";
import { isList, isObject } from "../agent/json.ts";
import type { Model } from "../agent/model.ts";
import type { Reader } from "../agent/ports.ts";
import {
  type NamedResource,
  newestVersion,
  type RemoteAgent,
  type RemoteAlias,
} from "../agent/remote-agent.ts";
import type { Identification } from "../plan/identify.ts";
import type { LiveVersion } from "../plan/orphans.ts";
import { readHistory } from "./read-history.ts";
import { readSplit } from "./read-split.ts";

/** The result of one round of requests: the agents, and the meaning of names on the server. */
export type Overview = {
  readonly agents: readonly RemoteAgent[];
  /** Each is undefined if it could not be listed, or if the configuration names none: then it is not checked. */
  readonly libraries: readonly NamedResource[] | undefined;
  readonly connectors: readonly NamedResource[] | undefined;
  readonly models: readonly Model[] | undefined;
};

/** The details of the agents of a plan. */
export type Details = {
  readonly aliases: ReadonlyMap<AgentId, readonly RemoteAlias[]>;
  readonly histories: ReadonlyMap<AgentId, readonly RemoteAgent[]>;
  readonly live: readonly LiveVersion[];
};

/**
 * Lists the agents, and resources only if the configuration names some. Rejects with an `ApiError`; a failed list of
 * models rejects only if more than a note depends on it.
 */
export async function readOverview(
  desired: DesiredProject,
  reader: Reader,
  needsModels: boolean,
): Promise<Overview> {
  const [agents, libraries, connectors, models] = await Promise.all([
    reader.agents(),
    knownLibraries(desired, reader),
    usesTool(desired, "connector_id") ? visibleConnectors(reader) : undefined,
    needsModels ? reader.models() : optional(reader.models()),
  ]);
  return { agents, libraries, connectors, models };
}

/**
 * Reads only what a plan needs beyond the list: aliases of agents that declare some, older versions of agents that
 * change or may have lost their tags, the relevant versions if an alias and the default disagree, and every live
 * version only if something is deleted. Rejects with an `ApiError` if any of it cannot be read completely.
 */
export async function readDetails(
  desired: DesiredProject,
  agents: readonly RemoteAgent[],
  identification: Identification,
  changing: readonly AgentId[],
  reader: Reader,
  willDelete: boolean,
): Promise<Details> {
  const deletes = willDelete && identification.orphans.length > 0;
  const listed = new Map(agents.map((agent) => [agent.id, agent]));
  const readAliases = readEach(aliasOwners(desired, identification), (id) => reader.aliases(id));
  const historyOf = async (id: AgentId) => {
    const remote = listed.get(id);
    if (remote === undefined) return [];
    return readHistory(reader, remote, async () => (await readAliases).get(id) ?? []);
  };
  const [aliases, histories, live] = await Promise.all([
    readAliases,
    readEach([...changing, ...strays(desired, identification)], historyOf),
    deletes ? readLive(desired, agents, identification, reader) : [],
  ]);
  const split = await readSplit(identification, aliases, histories, reader);
  return { aliases, histories: new Map([...histories, ...split]), live };
}

function aliasOwners(desired: DesiredProject, { remoteOf }: Identification): readonly AgentId[] {
  return desired.agents.flatMap(({ key, aliases }) => {
    const remote = remoteOf.get(key);
    return remote !== undefined && aliases.size > 0 ? [remote.id] : [];
  });
}

/**
 * Only a create would collide with these: an agent of nobody can only have lost our tags if it was edited, and one whose key
 * is gone may have had another key in a newer version.
 */
function strays(
  desired: DesiredProject,
  { remoteOf, unowned, orphans }: Identification,
): readonly AgentId[] {
  if (desired.agents.every(({ key }) => remoteOf.has(key))) return [];
  const edited = unowned.filter(({ versions }) => versions.length > 1);
  const switched = orphans
    .map(({ remote }) => remote)
    .filter((remote) => remote.version !== newestVersion(remote));
  return [...edited, ...switched].map(({ id }) => id);
}

/** Everything that callers can reach now, and the versions that the configuration pins. */
async function readLive(
  desired: DesiredProject,
  agents: readonly RemoteAgent[],
  { remoteOf, orphans }: Identification,
  reader: Reader,
): Promise<readonly LiveVersion[]> {
  const own = [...remoteOf.values(), ...orphans.map(({ remote }) => remote)];
  const ours = new Set(own.map(({ id }) => id));
  const several = agents.filter(({ id, versions }) => versions.length > 1 || ours.has(id));
  const standing = await Promise.all(
    several.map(async (agent) => {
      const aliases = await reader.aliases(agent.id);
      return aliases.map(({ alias, version }) => ({ agent, by: alias, version }));
    }),
  );
  const pinned = desired.agents.flatMap(({ key, aliases }) => {
    const agent = remoteOf.get(key);
    return [...aliases].flatMap(([by, version]) =>
      agent !== undefined && typeof version === "number" && agent.versions.includes(version)
        ? [{ agent, by, version }]
        : [],
    );
  });
  const reached = await Promise.all(
    [...standing.flat(), ...pinned].map(async ({ agent, by, version }): Promise<LiveVersion> => {
      if (version === agent.version) return { agent, by };
      return { agent: await reader.agent(agent.id, version), by };
    }),
  );
  return [...agents.map((agent): LiveVersion => ({ agent, by: "default" })), ...reached];
}

/** If the configuration names libraries, their ids are required; otherwise at most a note depends on them. */
async function knownLibraries(
  desired: DesiredProject,
  reader: Reader,
): Promise<readonly NamedResource[] | undefined> {
  if (desired.agents.some(({ libraryNames }) => libraryNames.size > 0)) return reader.libraries();
  return usesTool(desired, "library_ids") ? optional(reader.libraries()) : undefined;
}

/** A key may not be allowed to list connectors; names are then compared as written. */
async function visibleConnectors(reader: Reader): Promise<readonly NamedResource[] | undefined> {
  try {
    return await reader.connectors();
  } catch (error) {
    if (isApiError(error, "forbidden", "missing")) return undefined;
    throw error;
  }
}

/** For a look-up that only a note depends on, a failure does not end the plan. */
async function optional<Found>(lookUp: Promise<Found>): Promise<Found | undefined> {
  try {
    return await lookUp;
  } catch (error) {
    if (isApiError(error)) return undefined;
    throw error;
  }
}

async function readEach<Value>(
  ids: readonly AgentId[],
  read: (id: AgentId) => Promise<Value>,
): Promise<ReadonlyMap<AgentId, Value>> {
  return new Map(
    await Promise.all(ids.map(async (id): Promise<[AgentId, Value]> => [id, await read(id)])),
  );
}

function usesTool(desired: DesiredProject, member: string): boolean {
  return desired.agents.some(({ definition: { tools } }) => {
    return isList(tools) && tools.some((tool) => isObject(tool) && tool[member] !== undefined);
  });
}
