import type { Difference, HiddenMembers } from "./differences.ts";
import { isObject, type Json, type JsonObject } from "./json.ts";
import type { Property } from "./property.ts";
import { isSamePath, type PropertyPath } from "./property-path.ts";

/**
 * The paths of secrets that stand by themselves in a record, or at the top. Nothing in a canonical form shows
 * that one of them is there; of a secret in a variant, such as an authorization, the variant shows it.
 */
export function bareSecretPaths(
  rows: readonly Property[],
  members: JsonObject,
): readonly PropertyPath[] {
  return bareSecrets(rows, members).map(({ path }) => path);
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
  const has = bareSecrets(rows, actual);
  const wants = bareSecrets(rows, wanted);
  const added = hidden === "compared" ? wants.filter(({ path }) => !isIn(has, path)) : [];
  const gone = has.filter(({ path }) => !isIn(wants, path));
  return [
    ...added.map(({ path, value }) => ({ path, before: undefined, after: value })),
    ...gone.map(({ path }) => ({ path, before: "***", after: undefined })),
  ];
}

type BareSecret = { readonly path: PropertyPath; readonly value: Json };

function bareSecrets(rows: readonly Property[], members: JsonObject): readonly BareSecret[] {
  return rows.flatMap(({ name, kind }): readonly BareSecret[] => {
    const value = members[name];
    if (value === undefined || value === null) return [];
    if (kind.kind === "secret") return [{ path: [name], value }];
    if (kind.kind !== "record" || !isObject(value)) return [];
    return bareSecrets(kind.rows, value).map((each) => ({ ...each, path: [name, ...each.path] }));
  });
}

function isIn(secrets: readonly BareSecret[], path: PropertyPath): boolean {
  return secrets.some((each) => isSamePath(each.path, path));
}
