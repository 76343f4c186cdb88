import { isList, isObject, type Json, type JsonObject, objectOf, sameJson } from "./json.ts";
import { isPlain, type Kind, type Property, rowsOfCase } from "./property.ts";

/** Members without what a server refuses in a create request, at any depth: what the first write can say. */
export function withoutHeldBack(rows: readonly Property[], members: JsonObject): JsonObject {
  const byName = new Map(rows.map((row) => [row.name, row]));
  return objectOf(
    Object.entries(members).flatMap(([name, value]): [string, Json][] => {
      const row = byName.get(name);
      if (row === undefined) return [[name, value]];
      return row.notOnCreate ? [] : [[name, kept(row.kind, value)]];
    }),
  );
}

/** Whether a create request cannot say all of it, so that a second write has to follow. */
export function needsSecondWrite(rows: readonly Property[], members: JsonObject): boolean {
  return rows.some(({ name, kind, unset, notOnCreate }) => {
    const value = members[name];
    if (value === undefined || value === null) return false;
    return notOnCreate ? !sameJson(value, unset) : !sameJson(kept(kind, value), value);
  });
}

function kept(kind: Kind, value: Json): Json {
  if (isPlain(kind)) return value;
  switch (kind.kind) {
    case "record":
      return isObject(value) ? withoutHeldBack(kind.rows, value) : value;
    case "variant":
      return isObject(value)
        ? withoutHeldBack(rowsOfCase(kind, value[kind.by]) ?? [], value)
        : value;
    case "list":
    case "toolbox":
      return isList(value) ? value.map((item) => kept(kind.of, item)) : value;
    case "secret":
    case "labels":
    case "handoffs":
      return value;
  }
}
