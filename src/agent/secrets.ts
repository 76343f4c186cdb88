import { isList, isObject, type Json, type JsonObject } from "./json.ts";
import { type Kind, type Property, rowsOfCase } from "./property.ts";

/** Whether a definition holds a secret anywhere: such a one is told by its reference alone. */
export function holdsSecret(value: Json): boolean {
  if (isList(value)) return value.some(holdsSecret);
  if (!isObject(value)) return false;
  return isSecretRef(value.value) || Object.values(value).some(holdsSecret);
}

function isSecretRef(value: Json | undefined): boolean {
  return isObject(value) && typeof value.secret === "string" && Object.keys(value).length === 1;
}

/** The references of all secrets that a write of these members sends. */
export function secretReferences(
  rows: readonly Property[],
  members: JsonObject,
): readonly string[] {
  return rows.flatMap(({ name, kind }) => {
    const value = members[name];
    return value === undefined ? [] : referencesIn(kind, value);
  });
}

function referencesIn(kind: Kind, value: Json): readonly string[] {
  switch (kind.kind) {
    case "secret":
      return isObject(value) && typeof value.secret === "string" ? [value.secret] : [];
    case "record":
      return isObject(value) ? secretReferences(kind.rows, value) : [];
    case "variant": {
      if (!isObject(value)) return [];
      return secretReferences(rowsOfCase(kind, value[kind.by]) ?? [], value);
    }
    case "list":
    case "toolbox":
      return isList(value) ? value.flatMap((item) => referencesIn(kind.of, item)) : [];
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
      return [];
  }
}
