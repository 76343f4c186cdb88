import type { Difference, HiddenMembers } from "./differences.ts";
import { isObject, type Json, type JsonObject } from "./json.ts";
import type { Property } from "./property.ts";

/**
 * The paths of secrets that stand by themselves in a record, or at the top. Nothing in a canonical form shows
 * that one of them is there; of a secret in a variant, such as an authorization, the variant shows it.
 */
export function bareSecretPaths(rows: readonly Property[], members: JsonObject): readonly string[] {
  return bareSecrets(rows, members).map(([path]) => path);
}

/**
 * Secrets that are to be set and are not there, or are there and are to be cleared. Values are never compared.
 * Where the server is trusted to keep them to itself, one that it does not show counts as set.
 */
export function bareSecretDifferences(
  rows: readonly Property[],
  actual: JsonObject,
  wanted: JsonObject,
  hidden: HiddenMembers,
): readonly Difference[] {
  const has = new Map(bareSecrets(rows, actual));
  const wants = new Map(bareSecrets(rows, wanted));
  const added = [...wants].filter(([path]) => hidden === "compared" && !has.has(path));
  const gone = [...has.keys()].filter((path) => !wants.has(path));
  return [
    ...added.map(([path, after]) => ({ path, before: undefined, after })),
    ...gone.map((path) => ({ path, before: "***", after: undefined })),
  ];
}

function bareSecrets(
  rows: readonly Property[],
  members: JsonObject,
): readonly (readonly [string, Json])[] {
  return rows.flatMap(({ name, kind }): (readonly [string, Json])[] => {
    const value = members[name];
    if (value === undefined || value === null) return [];
    if (kind.kind === "secret") return [[name, value]];
    if (kind.kind !== "record" || !isObject(value)) return [];
    return bareSecrets(kind.rows, value).map(([path, each]) => [`${name}.${path}`, each]);
  });
}
