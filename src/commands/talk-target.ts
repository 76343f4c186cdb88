import type { DesiredProject } from "../agent/definition.ts";
import type { AgentId, AgentKey, AgentRef, AliasName, Version } from "../agent/identity.ts";
import { isList, type JsonObject } from "../agent/json.ts";
import type { Reader } from "../agent/ports.ts";
import type { RemoteAgent } from "../agent/remote-agent.ts";
import { type Storage, storageFor } from "../plan/conversation-storage.ts";
import { identify } from "../plan/identify.ts";
import type { Refusal } from "../plan/refusal.ts";
import { type AgentWithAliases, aliasesIn, versionOfAlias } from "../plan/repoint-plan.ts";

/** The version of an agent to talk to. `usual`: the version of `prod`, else of its only alias, else the default. */
export type WantedVersion =
  | { readonly kind: "usual" }
  | { readonly kind: "alias"; readonly alias: AliasName }
  | { readonly kind: "version"; readonly version: Version };

/** How a version was found. */
export type FoundBy =
  | { readonly kind: "alias"; readonly alias: AliasName }
  | { readonly kind: "default" }
  | { readonly kind: "version" };

/** One version of one agent on the server, to talk to. */
export type TalkTarget = {
  readonly key: AgentKey;
  readonly id: AgentId;
  readonly name: string;
  readonly version: Version;
  readonly by: FoundBy;
  /** How a conversation with this many messages can be held. */
  readonly storage: (turns: number) => Storage;
};

/** The agents of a project on the server, as far as they can be identified. */
export type Fleet = {
  readonly remoteOf: ReadonlyMap<AgentKey, RemoteAgent>;
  readonly ids: ReadonlyMap<AgentKey, AgentId>;
  readonly refusals: readonly Refusal[];
  /** Every visible agent by its id. */
  readonly all: ReadonlyMap<string, RemoteAgent>;
};

/** Reads the agents. */
export async function readFleet(desired: DesiredProject, reader: Reader): Promise<Fleet> {
  const agents = await reader.agents();
  const { remoteOf, refusals } = identify(desired, agents);
  return {
    remoteOf,
    refusals,
    ids: new Map([...remoteOf].map(([key, { id }]) => [key, id])),
    all: new Map(agents.map((agent) => [agent.id, agent])),
  };
}

/** Finds the wanted version of an agent; a refusal if it has no such alias or version. */
export async function findTarget(
  key: AgentKey,
  remote: RemoteAgent,
  wanted: WantedVersion,
  fleet: Fleet,
  reader: Reader,
): Promise<TalkTarget | Refusal | { readonly kind: "no_version" }> {
  const standing: AgentWithAliases = { key, remote, aliases: await reader.aliases(remote.id) };
  const found = versionIn(standing, wanted);
  if (found === undefined && wanted.kind === "alias") {
    return { kind: "unknown_alias", alias: wanted.alias, key, known: aliasesIn([standing]) };
  }
  if (found === undefined) return { kind: "no_version" };
  const { version, by } = found;
  const content = version === remote.version ? remote : await reader.agent(remote.id, version);
  const find = ({ id }: { readonly id: AgentId }) => {
    const agent = id === remote.id ? content : fleet.all.get(id);
    return agent && withRefs(agent);
  };
  const lookUp = (ref: AgentRef) => ("id" in ref ? find(ref) : undefined);
  return {
    key,
    id: remote.id,
    name: remote.name,
    version,
    by,
    storage: (turns) => storageFor({ id: remote.id }, lookUp, turns),
  };
}

function versionIn(
  standing: AgentWithAliases,
  wanted: WantedVersion,
): { readonly version: Version; readonly by: FoundBy } | undefined {
  const { remote, aliases } = standing;
  const at = (alias: AliasName) => {
    const version = versionOfAlias(standing, alias);
    return version === undefined ? undefined : { version, by: { kind: "alias", alias } as const };
  };
  switch (wanted.kind) {
    case "version":
      return [remote.version, ...remote.versions].includes(wanted.version)
        ? { version: wanted.version, by: { kind: "version" } }
        : undefined;
    case "alias":
      return at(wanted.alias);
    case "usual": {
      const [only, second] = aliases;
      const usual = at("prod" as AliasName);
      if (usual !== undefined) return usual;
      if (only !== undefined && second === undefined) return at(only.alias);
      return { version: remote.version, by: { kind: "default" } };
    }
  }
}

/** Replaces the ids in handoffs by references. */
function withRefs(agent: RemoteAgent): JsonObject {
  const { handoffs } = agent;
  if (!isList(handoffs)) return agent;
  return { ...agent, handoffs: handoffs.map((id) => ({ id })) };
}
