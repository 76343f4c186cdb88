import { isList, isObject, type Json, type JsonObject, sameJson } from "./json.ts";
import { isPlain, type Kind, type Property, rowsOfCase } from "./property.ts";
import type { PropertyPath } from "./property-path.ts";
import { toolsByIdentity } from "./toolbox.ts";

/** A fact about one property: what it is and what it should be. Absent on a side is unset there. */
export type Difference = {
  readonly path: PropertyPath;
  readonly before: Json | undefined;
  readonly after: Json | undefined;
};

/**
 * What an answer without a write-only member says: with "trusted" that the server keeps it to itself,
 * with "compared" that it is not set.
 */
export type HiddenMembers = "trusted" | "compared";

/**
 * Everything in which an agent differs from what it should be; both in canonical form, so equal agents give
 * an empty list whatever defaults a server echoes. Members that `wanted` leaves to the server are not compared.
 */
export function differences(
  rows: readonly Property[],
  actual: JsonObject,
  wanted: JsonObject,
  hidden: HiddenMembers,
  path: PropertyPath = [],
): readonly Difference[] {
  return rows.flatMap((row) => {
    const before = actual[row.name];
    const after = wanted[row.name];
    if (before === after) return [];
    if (row.onlyWhenDeclared && (after === undefined || sameJson(before ?? row.unset, after))) {
      return [];
    }
    if (before === undefined && row.mayBeHidden && hidden === "trusted") return [];
    return valueDifferences(row.kind, before, after, hidden, [...path, row.name]);
  });
}

function valueDifferences(
  kind: Kind,
  before: Json | undefined,
  after: Json | undefined,
  hidden: HiddenMembers,
  path: PropertyPath,
): readonly Difference[] {
  const whole = sameJson(before, after) ? [] : [{ path, before, after }];
  if (isPlain(kind)) return whole;
  switch (kind.kind) {
    case "record":
      return recordDifferences(kind.rows, before, after, hidden, path) ?? whole;
    case "variant":
      return variantDifferences(kind, before, after, hidden, path) ?? whole;
    case "toolbox":
      return toolDifferences(kind, asList(before), asList(after), hidden, path);
    case "list":
      if (!isList(before) || !isList(after) || before.length !== after.length) return whole;
      return before.flatMap((item, at) =>
        valueDifferences(kind.of, item, after[at], hidden, [...path, { item: String(at) }]),
      );
    case "labels":
      return labelDifferences(asObject(before), asObject(after), path);
    case "secret":
    case "handoffs":
      return whole;
  }
}

/** Undefined where the members do not tell: `moderation_llm_v1: {}` is something, though nothing is in it. */
function recordDifferences(
  rows: readonly Property[],
  before: Json | undefined,
  after: Json | undefined,
  hidden: HiddenMembers,
  path: PropertyPath,
): readonly Difference[] | undefined {
  if (!isObject(before) && !isObject(after)) return undefined;
  const inside = differences(rows, asObject(before), asObject(after), hidden, path);
  return inside.length > 0 || (isObject(before) && isObject(after)) ? inside : undefined;
}

function variantDifferences(
  kind: Kind & { readonly kind: "variant" },
  before: Json | undefined,
  after: Json | undefined,
  hidden: HiddenMembers,
  path: PropertyPath,
): readonly Difference[] | undefined {
  if (!isObject(before) || !isObject(after)) return undefined;
  const tag = after[kind.by];
  if (before[kind.by] !== tag || typeof tag !== "string") return undefined;
  return differences(rowsOfCase(kind, tag) ?? [], before, after, hidden, path);
}

/** Tools are told apart by identity: their order alone is no difference. */
function toolDifferences(
  kind: Kind & { readonly kind: "toolbox" },
  before: readonly Json[],
  after: readonly Json[],
  hidden: HiddenMembers,
  path: PropertyPath,
): readonly Difference[] {
  const had = toolsByIdentity(kind, before);
  const wants = toolsByIdentity(kind, after);
  const identities = [...new Set([...had.keys(), ...wants.keys()])].sort();
  return identities.flatMap((identity) =>
    valueDifferences(kind.of, had.get(identity), wants.get(identity), hidden, [
      ...path,
      { item: identity },
    ]),
  );
}

function labelDifferences(
  before: JsonObject,
  after: JsonObject,
  path: PropertyPath,
): readonly Difference[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
  return names
    .filter((name) => !sameJson(before[name], after[name]))
    .map((name) => ({ path: [...path, name], before: before[name], after: after[name] }));
}

function asObject(value: Json | undefined): JsonObject {
  return isObject(value) ? value : {};
}

function asList(value: Json | undefined): readonly Json[] {
  return isList(value) ? value : [];
}
