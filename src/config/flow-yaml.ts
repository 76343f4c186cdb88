import { isList, isObject, type Json } from "../agent/json.ts";

/** How values are written on one line: as people write YAML, or so that a JSON file stays one. */
export type FlowStyle = "yaml" | "json";

/** A value on one line. */
export function flowText(value: Json, style: FlowStyle): string {
  if (isObject(value)) {
    const members = flowMembers(Object.entries(value), style);
    return members === "" ? "{}" : `{ ${members} }`;
  }
  if (isList(value)) return `[${value.map((item) => flowText(item, style)).join(", ")}]`;
  return typeof value === "string" ? scalarText(value, style) : JSON.stringify(value);
}

/** Members on one line, without what is around them. */
export function flowMembers(
  members: readonly (readonly [string, Json])[],
  style: FlowStyle,
): string {
  return members
    .map(([name, value]) => `${scalarText(name, style)}: ${flowText(value, style)}`)
    .join(", ");
}

/** A string without quotes where no YAML reader could take it for anything else. */
export function scalarText(text: string, style: FlowStyle): string {
  const isPlain =
    /^[a-z][a-z0-9_-]*$/.test(text) && !/^(null|true|false|yes|no|on|off|y|n)$/.test(text);
  return style === "yaml" && isPlain ? text : JSON.stringify(text);
}
