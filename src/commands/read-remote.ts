import { isApiError } from "../agent/api-error.ts";
import type { DesiredProject } from "../agent/definition.ts";
import type { AgentId } from "../agent/identity.ts";
import { isList, isObject } from "../agent/json.ts";
import type { Reader } from "../agent/ports.ts";
import type { NamedResource, RemoteAgent, RemoteAlias } from "../agent/remote-agent.ts";
import { type Identification, identify } from "../plan/identify.ts";
import type { LiveVersion } from "../plan/leftovers.ts";
import { needsHistory } from "../plan/origin.ts";

/** The remote side as far as one plan needs it. */
export type RemoteState = {
  readonly identification: Identification;
  readonly aliases: ReadonlyMap<AgentId, readonly RemoteAlias[]>;
  readonly histories: ReadonlyMap<AgentId, readonly RemoteAgent[]>;
  readonly live: readonly LiveVersion[];
  readonly libraries: readonly NamedResource[];
  readonly connectors: readonly NamedResource[];
  /** Undefined when they could not be listed: then nothing is said about models. */
  readonly models: readonly string[] | undefined;
};

/**
 * Reads what a plan needs and no more: one listing, aliases of agents that declare some, histories of agents
 * that were edited outside or may have lost their tags, and every live version only when something is to be
 * deleted. Rejects with an `ApiError` when any of it cannot be read whole.
 */
export async function readRemote(
  desired: DesiredProject,
  reader: Reader,
  willDelete: boolean,
): Promise<RemoteState> {
  const [agents, libraries, connectors, models] = await Promise.all([
    reader.agents(),
    usesLibraries(desired) ? reader.libraries() : [],
    usesConnectors(desired) ? visibleConnectors(reader) : [],
    visibleModels(reader),
  ]);
  const identification = identify(desired, agents);
  const deletes = willDelete && identification.orphans.length > 0;
  const [aliases, histories, live] = await Promise.all([
    readEach(aliasOwners(desired, identification), (id) => reader.aliases(id)),
    readEach(historyOwners(desired, identification), (id) => reader.versions(id)),
    deletes ? readLive(agents, reader) : [],
  ]);
  return { identification, aliases, histories, live, libraries, connectors, models };
}

function aliasOwners(desired: DesiredProject, { remoteOf }: Identification): readonly AgentId[] {
  return desired.agents.flatMap(({ key, aliases }) => {
    const remote = remoteOf.get(key);
    return remote !== undefined && aliases.size > 0 ? [remote.id] : [];
  });
}

/** An agent of nobody can only have lost our tags if it was edited, and only a create would collide with it. */
function historyOwners(
  desired: DesiredProject,
  { remoteOf, unowned }: Identification,
): readonly AgentId[] {
  const edited = [...remoteOf.values()].filter(needsHistory);
  const creates = desired.agents.some(({ key }) => !remoteOf.has(key));
  const strays = creates ? unowned.filter(({ versions }) => versions.length > 1) : [];
  return [...edited, ...strays].map(({ id }) => id);
}

async function readLive(
  agents: readonly RemoteAgent[],
  reader: Reader,
): Promise<readonly LiveVersion[]> {
  const pinned = await Promise.all(
    agents
      .filter(({ versions }) => versions.length > 1)
      .map(async (agent) => {
        const others = (await reader.aliases(agent.id)).filter(
          ({ version }) => version !== agent.version,
        );
        return Promise.all(
          others.map(async ({ alias, version }): Promise<LiveVersion> => {
            return { agent: await reader.agent(agent.id, version), by: alias };
          }),
        );
      }),
  );
  return [...agents.map((agent): LiveVersion => ({ agent, by: "default" })), ...pinned.flat()];
}

/** A key may be barred from listing connectors; names are then compared as they are written. */
async function visibleConnectors(reader: Reader): Promise<readonly NamedResource[]> {
  try {
    return await reader.connectors();
  } catch (error) {
    if (isApiError(error, "forbidden", "missing")) return [];
    throw error;
  }
}

/** Only a note depends on it, so no failure of this look-up ends a plan. */
async function visibleModels(reader: Reader): Promise<readonly string[] | undefined> {
  try {
    return await reader.models();
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

function usesLibraries(desired: DesiredProject): boolean {
  return desired.agents.some(({ libraryNames }) => libraryNames.size > 0);
}

function usesConnectors(desired: DesiredProject): boolean {
  return desired.agents.some(({ definition }) => {
    const tools = isList(definition.tools) ? definition.tools : [];
    return tools.some((tool) => isObject(tool) && tool.connector_id !== undefined);
  });
}
