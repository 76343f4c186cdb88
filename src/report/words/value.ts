import { isList, isObject, type Json } from "../../agent/json.ts";

/** A value on one line, similar to YAML: strings quoted, member names unquoted, secrets by name. */
export function valueText(value: Json): string {
  if (isList(value)) return `[${value.map(valueText).join(", ")}]`;
  if (!isObject(value)) return JSON.stringify(value);
  const { secret } = value;
  if (typeof secret === "string" && Object.keys(value).length === 1) return `(secret ${secret})`;
  const members = Object.entries(value).map(([name, member]) => `${name}: ${valueText(member)}`);
  return members.length === 0 ? "{}" : `{ ${members.join(", ")} }`;
}

/** A list or object on several lines with sorted members, so that two of them can be compared line by line. */
export function valueLines(value: Json): string {
  return JSON.stringify(sorted(value), null, 2);
}

function sorted(value: Json): Json {
  if (isList(value)) return value.map(sorted);
  if (!isObject(value)) return value;
  const names = Object.keys(value).sort();
  return Object.fromEntries(names.map((name) => [name, sorted(value[name] ?? null)]));
}
