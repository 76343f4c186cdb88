import type { AgentId, AgentRef } from "./identity.ts";
import { isList, isObject, type Json, type JsonObject, objectOf } from "./json.ts";
import type { RevealSecret } from "./ports.ts";
import type { Kind, Property } from "./property.ts";

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
  const set = rows.filter((row) => {
    const value = definition[row.name];
    return !row.notOnCreate && value !== null && !(isList(value) && value.length === 0);
  });
  return requestMembers(set, definition, dereference);
}

/** The members of an update request, from a whole target. No handoffs are sent as null: a list may not be empty. */
export function requestMembers(
  rows: readonly Property[],
  target: JsonObject,
  dereference: Dereference,
): JsonObject {
  const members = rows.flatMap((row): [string, Json][] => {
    const value = target[row.name];
    return value === undefined || holdsEchoedSecret(row.kind, value)
      ? []
      : [[row.name, dereferenced(row.kind, value, dereference)]];
  });
  return objectOf(members);
}

function dereferenced(kind: Kind, value: Json, dereference: Dereference): Json {
  switch (kind.kind) {
    case "handoffs":
      if (!isList(value) || value.length === 0) return null;
      return value.map((ref) => dereference.idOf(ref as AgentRef));
    case "secret":
      return isObject(value) && typeof value.secret === "string"
        ? dereference.reveal(value.secret)
        : value;
    case "variant":
      return isObject(value) ? dereferencedVariant(kind, value, dereference) : value;
    case "toolbox":
      return isList(value) ? value.map((tool) => dereferenced(kind.of, tool, dereference)) : value;
    case "record":
    case "list":
    case "text":
    case "prose":
    case "number":
    case "flag":
    case "choice":
    case "texts":
    case "set":
    case "json":
    case "labels":
      return value;
  }
}

function dereferencedVariant(
  kind: Kind & { readonly kind: "variant" },
  value: JsonObject,
  dereference: Dereference,
): JsonObject {
  const tag = value[kind.by];
  const rows = typeof tag === "string" ? kind.cases[tag] : undefined;
  return rows === undefined ? value : { ...value, ...requestMembers(rows, value, dereference) };
}

/**
 * Whether a value was taken over from the server and has a secret in it. Servers mask those, and a mask must
 * not be written over the secret: such a property is left out, and so stays as it is.
 */
function holdsEchoedSecret(kind: Kind, value: Json): boolean {
  switch (kind.kind) {
    case "secret":
      return !isObject(value);
    case "toolbox":
      return isList(value) && value.some((tool) => holdsEchoedSecret(kind.of, tool));
    case "variant": {
      if (!isObject(value)) return false;
      const tag = value[kind.by];
      const rows = (typeof tag === "string" ? kind.cases[tag] : undefined) ?? [];
      return rows.some((row) => {
        const member = value[row.name];
        return member !== undefined && holdsEchoedSecret(row.kind, member);
      });
    }
    case "record":
    case "list":
    case "text":
    case "prose":
    case "number":
    case "flag":
    case "choice":
    case "texts":
    case "set":
    case "json":
    case "labels":
    case "handoffs":
      return false;
  }
}
