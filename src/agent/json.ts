/** A JSON value as it stands in a file or on the wire; nothing here mutates one. */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject;

/** A JSON object; a key that is absent and a key that is null are told apart. */
export type JsonObject = { readonly [name: string]: Json };

/** Whether a value is an object and not a list or null. */
export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Whether a value is a list. `Array.isArray` alone does not narrow readonly lists. */
export function isList(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value);
}

/** Whether values are nested in more than so many lists and objects. Goes no deeper than that itself. */
export function isDeeperThan(value: Json, levels: number): boolean {
  if (typeof value !== "object" || value === null) return false;
  return levels === 0 || Object.values(value).some((inner) => isDeeperThan(inner, levels - 1));
}

/** Deep equality that ignores the order of object keys; lists keep theirs. */
export function sameJson(left: Json | undefined, right: Json | undefined): boolean {
  if (left === right) return true;
  if (isList(left) && isList(right)) {
    return left.length === right.length && left.every((item, at) => sameJson(item, right[at]));
  }
  if (!isObject(left) || !isObject(right)) return false;
  const names = Object.keys(left);
  return (
    names.length === Object.keys(right).length &&
    names.every((name) => Object.hasOwn(right, name) && sameJson(left[name], right[name]))
  );
}

/** The one text of a value: sorted keys, no spaces. Equal values have equal texts, so it can be digested. */
export function stableText(value: Json): string {
  if (isList(value)) return `[${value.map(stableText).join(",")}]`;
  if (!isObject(value)) return JSON.stringify(value);
  const members = Object.keys(value)
    .sort()
    .map((name) => `${JSON.stringify(name)}:${stableText(value[name] ?? null)}`);
  return `{${members.join(",")}}`;
}

/** An object of the given members, safe for any name: `__proto__` becomes a plain member. */
export function objectOf(members: Iterable<readonly [string, Json]>): JsonObject {
  return Object.fromEntries(members);
}

/** Whether `whole` holds every member of `part`, at every depth; lists must be equal. */
export function containsJson(whole: Json | undefined, part: Json): boolean {
  if (!isObject(part) || !isObject(whole)) return sameJson(whole, part);
  return Object.entries(part).every(
    ([name, value]) => Object.hasOwn(whole, name) && containsJson(whole[name], value),
  );
}

/** The JSON value of a text; undefined when it is none, or there is no text. */
export function parsedJson(text: string | undefined): Json | undefined {
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
