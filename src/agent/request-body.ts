import { withoutHeldBack } from "./held-back.ts";
import type { AgentId, AgentRef } from "./identity.ts";
import { isList, isObject, type Json, type JsonObject, objectOf } from "./json.ts";
import type { RevealSecret } from "./ports.ts";
import { isPlain, type Kind, type Property, rowsOfCase } from "./property.ts";

/** How references become what the server wants: ids of agents, texts of secrets. */
export type Dereference = {
  readonly idOf: (ref: AgentRef) => AgentId;
  readonly reveal: RevealSecret;
};

/**
 * The members of a create request: what is set, without what a server refuses on create. Everything else is
 * at its default on a new agent.
 */
export function createMembers(
  rows: readonly Property[],
  definition: JsonObject,
  dereference: Dereference,
): JsonObject {
  const first = withoutHeldBack(rows, definition);
  const set = rows.filter((row) => {
    const value = first[row.name];
    return value !== null && !(isList(value) && value.length === 0);
  });
  return requestMembers(set, first, dereference);
}

/**
 * The members of an update request, from a whole target. No handoffs are sent as null: a list may not be
 * empty. A property with a secret that was taken over from the server is left out, and so stays as it is:
 * servers mask secrets, and a mask must not be written over one.
 */
export function requestMembers(
  rows: readonly Property[],
  target: JsonObject,
  dereference: Dereference,
): JsonObject {
  const members = rows.flatMap((row): [string, Json][] => {
    const value = target[row.name];
    const sent = value === undefined ? undefined : dereferenced(row.kind, value, dereference);
    return sent === undefined ? [] : [[row.name, sent]];
  });
  return objectOf(members);
}

/** A value as it is sent; undefined when it holds a secret that came back from the server. */
function dereferenced(kind: Kind, value: Json, dereference: Dereference): Json | undefined {
  if (isPlain(kind)) return value;
  switch (kind.kind) {
    case "handoffs":
      if (!isList(value) || value.length === 0) return null;
      return value.map((ref) => dereference.idOf(ref as AgentRef));
    case "secret":
      if (value === null) return null;
      return isObject(value) && typeof value.secret === "string"
        ? dereference.reveal(value.secret)
        : undefined;
    case "variant":
      return isObject(value)
        ? dereferencedMembers(rowsOfCase(kind, value[kind.by]), value, dereference)
        : value;
    case "record":
      return isObject(value) ? dereferencedMembers(kind.rows, value, dereference) : value;
    case "list":
    case "toolbox":
      return isList(value)
        ? allOrNone(value.map((item) => dereferenced(kind.of, item, dereference)))
        : value;
    case "labels":
      return value;
  }
}

/** What the table does not know of it stays as it is. */
function dereferencedMembers(
  rows: readonly Property[] | undefined,
  value: JsonObject,
  dereference: Dereference,
): JsonObject | undefined {
  if (rows === undefined) return value;
  const given = rows.filter(({ name }) => value[name] !== undefined);
  const members = requestMembers(given, value, dereference);
  return Object.keys(members).length === given.length ? { ...value, ...members } : undefined;
}

function allOrNone(values: readonly (Json | undefined)[]): readonly Json[] | undefined {
  const whole = values.filter((value) => value !== undefined);
  return whole.length === values.length ? whole : undefined;
}
