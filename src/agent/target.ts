import { isKnown } from "./canonical.ts";
import { isList, isObject, type Json, type JsonObject, objectOf } from "./json.ts";
import { isPlain, type Kind, type Property, rowsOfCase } from "./property.ts";
import type { PropertyPath } from "./property-path.ts";
import { isTag } from "./tags.ts";
import { toolsByIdentity } from "./toolbox.ts";

/**
 * What an existing agent should be after an apply, whole: every property that can be cleared stands in it
 * explicitly, so that it does not matter which version a server merges it onto. What is not ours is kept
 * from the agent as it is: labels of others, members and tool types the tables do not know, ignored paths.
 */
export function targetOf(
  rows: readonly Property[],
  declared: JsonObject,
  current: JsonObject,
  ignored: readonly PropertyPath[],
): JsonObject {
  const target = whole(rows, declared, current);
  return ignored.reduce((kept, path) => keepCurrent(rows, kept, current, path), target);
}

function whole(rows: readonly Property[], declared: JsonObject, current: JsonObject): JsonObject {
  const members: [string, Json][] = [];
  for (const row of rows) {
    const given = declared[row.name];
    if (given !== undefined && given !== null) {
      members.push([row.name, merged(row.kind, given, current[row.name])]);
    } else if (row.unset !== undefined && !row.onlyWhenDeclared) {
      members.push([row.name, cleared(row, row.unset, current[row.name])]);
    }
  }
  return objectOf(members);
}

/** A property that the definition leaves out: its unset value, but what is not ours inside it stays. */
function cleared(row: Property, unset: Json, current: Json | undefined): Json {
  return isObject(unset) || isList(unset) || row.kind.kind === "labels"
    ? nullWhenNothing(merged(row.kind, unset ?? {}, current), unset)
    : unset;
}

function nullWhenNothing(value: Json, unset: Json): Json {
  return unset === null && isObject(value) && Object.keys(value).length === 0 ? null : value;
}

function merged(kind: Kind, given: Json, current: Json | undefined): Json {
  if (isPlain(kind)) return given;
  switch (kind.kind) {
    case "record":
      if (!isObject(given)) return given;
      return {
        ...unknownMembers(kind.rows, current),
        ...whole(kind.rows, given, asObject(current)),
      };
    case "list":
      return isList(given)
        ? given.map((item, at) => carried(kind.of, item, isList(current) ? current[at] : undefined))
        : given;
    case "toolbox":
      return isList(given) ? mergedTools(kind, given, isList(current) ? current : []) : given;
    case "labels":
      return { ...foreignLabels(current), ...asObject(given) };
    case "variant":
      return carried(kind, given, current);
    case "secret":
    case "handoffs":
      return given;
  }
}

/** Lists are replaced as a whole, so their items need no explicit unset members, only what is not ours. */
function carried(kind: Kind, given: Json, current: Json | undefined): Json {
  if (!isObject(given) || !isObject(current)) return given;
  const rows = rowsOf(kind, given, current);
  if (rows === undefined) return given;
  const known = rows.flatMap((row): [string, Json][] => {
    const value = given[row.name];
    return value === undefined ? [] : [[row.name, carried(row.kind, value, current[row.name])]];
  });
  return { ...unknownMembers(rows, current), ...given, ...objectOf(known) };
}

function rowsOf(
  kind: Kind,
  given: JsonObject,
  current: JsonObject,
): readonly Property[] | undefined {
  if (kind.kind === "record") return kind.rows;
  if (kind.kind !== "variant") return undefined;
  const tag = given[kind.by];
  return current[kind.by] === tag ? rowsOfCase(kind, tag) : undefined;
}

function mergedTools(
  kind: Kind & { readonly kind: "toolbox" },
  given: readonly Json[],
  current: readonly Json[],
): readonly Json[] {
  const existing = toolsByIdentity(kind, current);
  const wanted = [...toolsByIdentity(kind, given)].map(([identity, tool]) =>
    carried(kind.of, tool, existing.get(identity)),
  );
  return [...wanted, ...current.filter((tool) => !isKnown(kind.of, tool))];
}

function unknownMembers(rows: readonly Property[], current: Json | undefined): JsonObject {
  const known = new Set(["type", ...rows.map((row) => row.name)]);
  return objectOf(Object.entries(asObject(current)).filter(([name]) => !known.has(name)));
}

function foreignLabels(current: Json | undefined): JsonObject {
  const labels = Object.entries(asObject(current));
  return objectOf(labels.filter(([name, value]) => !isTag(name) && value !== null));
}

function keepCurrent(
  rows: readonly Property[],
  target: JsonObject,
  current: JsonObject,
  [name, ...rest]: PropertyPath,
): JsonObject {
  const row = rows.find((candidate) => candidate.name === name);
  if (row === undefined || typeof name !== "string") return target;
  if (rest.length === 0) {
    return { ...target, [name]: current[name] ?? row.unset ?? null };
  }
  const inside = asObject(target[name]);
  const currentInside = asObject(current[name]);
  const [label] = rest;
  if (row.kind.kind === "labels" && typeof label === "string") {
    return { ...target, [name]: { ...inside, [label]: currentInside[label] ?? null } };
  }
  if (row.kind.kind !== "record") return target;
  return { ...target, [name]: keepCurrent(row.kind.rows, inside, currentInside, rest) };
}

function asObject(value: Json | undefined): JsonObject {
  return isObject(value) ? value : {};
}
