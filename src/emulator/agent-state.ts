import type { Behaviour } from "./behaviour.ts";
import { withDefaults } from "./echo.ts";
import { isObject, type Json, type JsonObject, sameJson } from "./json.ts";

/** The content of a version: the fields as they were sent. Only an edit in place changes a version. */
export type AgentVersion = { readonly version: number; readonly content: JsonObject };

/** A name that points at one version of one agent. */
export type StoredAlias = {
  readonly alias: string;
  readonly version: number;
  readonly created_at: string;
  readonly updated_at: string;
};

/** An agent in the server's storage. `versions` is oldest first; `version` is the default one. */
export type StoredAgent = {
  readonly id: string;
  /** Its position in the order of creation. */
  readonly sequence: number;
  /** It is listed once this many lists were read. */
  readonly listed_from: number;
  readonly source: string;
  readonly created_at: string;
  readonly updated_at: string;
  readonly version: number;
  readonly versions: readonly AgentVersion[];
  readonly aliases: readonly StoredAlias[];
};

/** Fields that an agent always has, so null in a PATCH can only mean unchanged. */
const neverNull = new Set(["model", "name", "deployment_chat"]);

/** The content of the first version after a create request. */
export function firstContent(body: JsonObject, behaviour: Behaviour): JsonObject {
  const { deployment_chat: _ignored, ...content } = body;
  return keepText(content, behaviour);
}

/** The agent after a PATCH: a new version, which becomes the default at once, unless PATCH edits in place. */
export function patchAgent(
  agent: StoredAgent,
  patch: JsonObject,
  behaviour: Behaviour,
  at: string,
): StoredAgent {
  const isOnNewest = behaviour.patch_base === "newest" && behaviour.patch_makes === "new_version";
  const base = contentOf(agent, isOnNewest ? newestVersion(agent) : agent.version);
  const content = patchedContent(base, patch, behaviour);
  if (behaviour.identical_patch === "no_version" && sameContent(base, content)) return agent;
  return behaviour.patch_makes === "new_version"
    ? addVersion(agent, content, at)
    : rewriteVersion(agent, agent.version, content, at);
}

/** The agent with new content in an existing version. */
export function rewriteVersion(
  agent: StoredAgent,
  version: number,
  content: JsonObject,
  at: string,
): StoredAgent {
  const versions = agent.versions.map((each) =>
    each.version === version ? { version, content } : each,
  );
  return { ...agent, updated_at: at, versions };
}

/** The agent with a new version of this content as its default. Numbers continue from the highest one. */
export function addVersion(agent: StoredAgent, content: JsonObject, at: string): StoredAgent {
  const version = newestVersion(agent) + 1;
  return {
    ...agent,
    updated_at: at,
    version,
    versions: [...agent.versions, { version, content }],
  };
}

/** The agent with another default version. Versions and aliases stay (Mistral API reference, version switch). */
export function switchVersion(agent: StoredAgent, version: number, at: string): StoredAgent {
  return { ...agent, version, updated_at: at };
}

/** The agent with an alias created or moved (Mistral API reference, PUT aliases). */
export function setAlias(
  agent: StoredAgent,
  alias: string,
  version: number,
  behaviour: Behaviour,
  at: string,
): StoredAgent {
  const before = findAlias(agent, alias);
  const after = { alias, version, created_at: before?.created_at ?? at, updated_at: at };
  return {
    ...agent,
    updated_at: behaviour.alias_put === "touches_agent" ? at : agent.updated_at,
    aliases: [...agent.aliases.filter((each) => each.alias !== alias), after],
  };
}

/** The agent without an alias. */
export function dropAlias(agent: StoredAgent, alias: string): StoredAgent {
  return { ...agent, aliases: agent.aliases.filter((each) => each.alias !== alias) };
}

/** The alias of this name, if it exists. */
export function findAlias(agent: StoredAgent, alias: string): StoredAlias | undefined {
  return agent.aliases.find((each) => each.alias === alias);
}

/** Whether the agent has a version of this number. */
export function hasVersion(agent: StoredAgent, version: number): boolean {
  return agent.versions.some((each) => each.version === version);
}

/** The content of an existing version. */
export function contentOf(agent: StoredAgent, version: number): JsonObject {
  const found = agent.versions.find((each) => each.version === version);
  if (found === undefined) throw new Error(`${agent.id} has no version ${version}`);
  return found.content;
}

/** The highest version number. */
export function newestVersion(agent: StoredAgent): number {
  return agent.versions.at(-1)?.version ?? -1;
}

function patchedContent(base: JsonObject, patch: JsonObject, behaviour: Behaviour): JsonObject {
  // A version message describes one version, so the next version does not inherit it.
  const { version_message: _spoken, ...content } = base;
  const taken = Object.entries(patch).filter(
    ([field, value]) =>
      value !== null || (behaviour.null_in_patch === "clears" && !neverNull.has(field)),
  );
  const merged = taken.map(([field, value]) => [field, mergedField(field, content[field], value)]);
  return keepText({ ...content, ...Object.fromEntries(merged) }, behaviour);

  function mergedField(field: string, before: Json | undefined, after: Json): Json {
    const merges =
      (field === "metadata" && behaviour.metadata_in_patch === "merge") ||
      (field === "completion_args" && behaviour.completion_args_in_patch === "merge");
    return merges && isObject(before) && isObject(after) ? { ...before, ...after } : after;
  }
}

function keepText(content: JsonObject, behaviour: Behaviour): JsonObject {
  const { instructions } = content;
  if (behaviour.trailing_whitespace === "kept" || typeof instructions !== "string") return content;
  return { ...content, instructions: instructions.trimEnd() };
}

function sameContent(one: JsonObject, other: JsonObject): boolean {
  const silent = { version_message: null };
  return sameJson(withDefaults({ ...one, ...silent }), withDefaults({ ...other, ...silent }));
}
