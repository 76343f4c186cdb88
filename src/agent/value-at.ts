import { isObject, type Json, type JsonObject, objectOf } from "./json.ts";
import type { PropertyPath } from "./property-path.ts";

/** The value that members have at a path; undefined where they have none, and inside of lists. */
export function valueAt(members: JsonObject, path: PropertyPath): Json | undefined {
  return path.reduce<Json | undefined>(
    (value, step) => (isObject(value) && typeof step === "string" ? value[step] : undefined),
    members,
  );
}

/** The same members with another value at a path, or without one; a path into a list changes nothing. */
export function withValueAt(
  members: JsonObject,
  [name, ...rest]: PropertyPath,
  value: Json | undefined,
): JsonObject {
  if (typeof name !== "string" || rest.some((step) => typeof step !== "string")) return members;
  const inside = members[name];
  if (rest.length === 0) {
    return value === undefined ? withoutMember(members, name) : { ...members, [name]: value };
  }
  if (!isObject(inside) && value === undefined) return members;
  return { ...members, [name]: withValueAt(isObject(inside) ? inside : {}, rest, value) };
}

function withoutMember(members: JsonObject, name: string): JsonObject {
  return objectOf(Object.entries(members).filter(([each]) => each !== name));
}
