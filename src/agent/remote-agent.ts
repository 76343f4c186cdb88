import type { AgentId, AliasName, Version } from "./identity.ts";
import { isList, type Json, type JsonObject } from "./json.ts";

/** One version of an agent as the server tells it: the raw answer, nothing dropped, these members checked. */
export type RemoteAgent = JsonObject & {
  readonly id: AgentId;
  readonly name: string;
  readonly model: string;
  readonly version: Version;
  /** All version numbers, in no promised order. */
  readonly versions: readonly Version[];
  /** RFC 3339; of the agent, not of the version. */
  readonly created_at: string;
  readonly updated_at: string;
  readonly metadata?: Json;
};

/**
 * Members that say which version of which agent this is, and nothing of what is in it (Mistral API reference,
 * schema Agent). A message belongs to the version, not to its content.
 */
export const serverOwned: ReadonlySet<string> = new Set([
  "id",
  "object",
  "version",
  "versions",
  "created_at",
  "updated_at",
  "source",
  "owner_id",
  "version_message",
]);

/** Where an alias of an agent stands. */
export type RemoteAlias = {
  readonly alias: AliasName;
  readonly version: Version;
  readonly created_at: string;
  readonly updated_at: string;
};

/** A library or a connector: what is needed to turn a name into an id. */
export type NamedResource = { readonly id: string; readonly name: string };

/** The number the next PATCH of an agent gets: `version` is a movable pointer, so the highest one counts. */
export function nextVersion(agent: Pick<RemoteAgent, "version" | "versions">): Version {
  return (newestVersion(agent) + 1) as Version;
}

/** The highest version number of an agent. */
export function newestVersion(agent: Pick<RemoteAgent, "version" | "versions">): Version {
  return Math.max(agent.version, ...agent.versions) as Version;
}

/** Times closer than this may be those of one request, so they do not tell what was first (milliseconds, server's clock). */
export const oneRequestMs = 1_000;

/** Whether an agent, as the server has it, hands off to another one. */
export function handsOffTo({ handoffs }: RemoteAgent, id: AgentId): boolean {
  return isList(handoffs) && handoffs.includes(id);
}
