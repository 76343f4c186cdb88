import { isList, isObject, type Json, type JsonObject } from "./json.ts";
import { isPlain, type Kind, type Property, rowsOfCase } from "./property.ts";
import type { PropertyPath } from "./property-path.ts";
import { toolsByIdentity } from "./toolbox.ts";

/** A secret of a definition: where it stands, and its reference. */
export type HeldSecret = { readonly path: PropertyPath; readonly reference: string };

/** Every secret that these members hold, by the kinds of the rows: no name says that a member is one. */
export function secretsIn(rows: readonly Property[], members: JsonObject): readonly HeldSecret[] {
  return rows.flatMap(({ name, kind }) => {
    const value = members[name];
    return value === undefined ? [] : held(kind, value, [name]);
  });
}

/** Whether members hold a secret anywhere: such a definition is told by its reference alone. */
export function holdsSecret(rows: readonly Property[], members: JsonObject): boolean {
  return secretsIn(rows, members).length > 0;
}

/** The references of all secrets that a write of these members sends. */
export function secretReferences(
  rows: readonly Property[],
  members: JsonObject,
): readonly string[] {
  return secretsIn(rows, members).map(({ reference }) => reference);
}

/** Whether a value of this kind can have a secret anywhere in it. */
export function mayHoldSecret(kind: Kind): boolean {
  if (isPlain(kind)) return false;
  switch (kind.kind) {
    case "secret":
      return true;
    case "record":
      return kind.rows.some((row) => mayHoldSecret(row.kind));
    case "variant":
      return Object.values(kind.cases).some((rows) => rows.some((row) => mayHoldSecret(row.kind)));
    case "list":
    case "toolbox":
      return mayHoldSecret(kind.of);
    case "labels":
    case "handoffs":
      return false;
  }
}

function held(kind: Kind, value: Json, path: PropertyPath): readonly HeldSecret[] {
  if (isPlain(kind)) return [];
  switch (kind.kind) {
    case "secret":
      return isObject(value) && typeof value.secret === "string"
        ? [{ path, reference: value.secret }]
        : [];
    case "record":
      return isObject(value) ? within(path, secretsIn(kind.rows, value)) : [];
    case "variant": {
      if (!isObject(value)) return [];
      return within(path, secretsIn(rowsOfCase(kind, value[kind.by]) ?? [], value));
    }
    case "list":
      return isList(value)
        ? value.flatMap((item, at) => held(kind.of, item, [...path, { item: String(at) }]))
        : [];
    case "toolbox":
      return isList(value)
        ? [...toolsByIdentity(kind, value)].flatMap(([identity, tool]) =>
            held(kind.of, tool, [...path, { item: identity }]),
          )
        : [];
    case "labels":
    case "handoffs":
      return [];
  }
}

function within(outer: PropertyPath, secrets: readonly HeldSecret[]): readonly HeldSecret[] {
  return secrets.map(({ path, reference }) => ({ path: [...outer, ...path], reference }));
}
