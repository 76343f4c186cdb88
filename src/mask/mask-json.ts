import { isList, isObject, type Json, objectOf } from "../agent/json.ts";
import { isTag } from "../agent/tags.ts";
import type { Mask } from "./mask.ts";

/** Members with names that are compared: the agents that an agent hands off to, and an agent's own id and key. */
const identities: ReadonlySet<string> = new Set(["id", "key"]);

/**
 * Masks JSON of a file or a server. Every string in it comes from outside, except names, and values that agentvane
 * reads again.
 */
export function maskJson<Value extends Json>(value: Value, mask: Mask): Value {
  return masked(value, mask) as Value;
}

function masked(value: Json, mask: Mask): Json {
  if (typeof value === "string") return mask.text(value);
  if (isList(value)) {
    const items = value.map((item) => masked(item, mask));
    return items.every((item, at) => item === value[at]) ? value : items;
  }
  if (!isObject(value)) return value;
  const before = Object.entries(value);
  const after = before.map(([name, each]): [string, Json] => [
    mask.name(name),
    maskedMember(name, each, mask),
  ]);
  const isSame = after.every(
    ([name, each], at) => name === before[at]?.[0] && each === before[at]?.[1],
  );
  return isSame ? value : objectOf(after);
}

function maskedMember(name: string, value: Json, mask: Mask): Json {
  if (typeof value !== "string") return masked(value, mask);
  return isTag(name) || identities.has(name) ? mask.name(value) : mask.text(value);
}
