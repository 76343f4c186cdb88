import { ApiError } from "../agent/api-error.ts";
import type { AliasName, Version } from "../agent/identity.ts";
import { isList, isObject, type Json, type JsonObject } from "../agent/json.ts";
import type { NamedResource, RemoteAgent, RemoteAlias } from "../agent/remote-agent.ts";
import { type Call, named } from "./call.ts";

/**
 * An agent from raw JSON. Members that agentvane relies on are checked, all others are kept as they are. Live servers
 * answer a create with an empty list of versions, so the version of the answer is added to it.
 */
export function agentFrom(call: Call, json: Json | undefined): RemoteAgent {
  const { version = null, versions } = objectFrom(call, json, "an agent");
  const listed = isList(versions) ? versions : [];
  const numbers = listed.includes(version) ? listed : [...listed, version];
  const agent: JsonObject = { ...objectFrom(call, json, "an agent"), versions: numbers };
  if (isAgent(agent)) return agent;
  throw unexpectedResponse(call, "the answer is not an agent");
}

/** An alias of an agent from raw JSON. */
export function aliasFrom(call: Call, json: Json | undefined): RemoteAlias {
  const { alias, version, created_at, updated_at } = objectFrom(call, json, "an alias");
  if (!isAlias(alias) || !isVersion(version))
    throw unexpectedResponse(call, "the answer is not an alias");
  const time = (value: Json | undefined) => (isText(value) ? value : "");
  return { alias, version, created_at: time(created_at), updated_at: time(updated_at) };
}

/** A library or a connector from raw JSON. */
export function resourceFrom(call: Call, json: Json): NamedResource {
  const { id, name } = objectFrom(call, json, "an object");
  if (isText(id) && isText(name)) return { id, name };
  throw unexpectedResponse(call, "the answer lacks an id or a name");
}

/** An answer, or a part of one, that must be a list. */
export function listFrom(call: Call, json: Json | undefined): readonly Json[] {
  if (isList(json)) return json;
  throw unexpectedResponse(call, "the answer is not a list");
}

/** An answer that must be an object; `expected` names it in the error, such as "an agent". */
export function objectFrom(call: Call, json: Json | undefined, expected: string): JsonObject {
  if (isObject(json)) return json;
  throw unexpectedResponse(call, `the answer is not ${expected}`);
}

/**
 * The error for an answer of another shape: agentvane does not continue with such a server, whatever the status was.
 */
export function unexpectedResponse(call: Call, reason: string): ApiError {
  const kind = call.isRepeatable ? "unavailable" : "unknown_outcome";
  return new ApiError({ kind, ...named(call), reason, attempts: 1 });
}

function isAgent(json: JsonObject): json is RemoteAgent {
  const { id, name, model, created_at, updated_at, version, versions } = json;
  return (
    [id, name, model, created_at, updated_at].every(isText) &&
    isVersion(version) &&
    isList(versions) &&
    versions.every(isVersion)
  );
}

function isText(value: Json | undefined): value is string {
  return typeof value === "string";
}

function isAlias(value: Json | undefined): value is AliasName {
  return isText(value);
}

function isVersion(value: Json | undefined): value is Version {
  return typeof value === "number" && Number.isInteger(value) && value >= 0;
}
