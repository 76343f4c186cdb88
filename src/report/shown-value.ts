import { isList, isObject, type Json } from "../agent/json.ts";
import { valueLines, valueText } from "./value-text.ts";

/** A value in both forms in which it may be shown: on one line, and on several. */
export type Shown = { readonly inline: string; readonly lines: string; readonly isText: boolean };

/** Longest value that stands on the line of its path. */
const longestInline = 60;

/** The value of a property for people; handoffs by the names that people know. */
export function shown(path: string, value: Json): Shown {
  if (typeof value === "string") return { inline: valueText(value), lines: value, isText: true };
  if (path === "handoffs") {
    const names = handoffNames(value);
    return { inline: `[${names.join(", ")}]`, lines: names.join("\n"), isText: false };
  }
  return { inline: valueText(value), lines: valueLines(value), isText: false };
}

/** Whether a value fits on the line of its path. */
export function isShort({ inline, lines, isText }: Shown): boolean {
  return inline.length <= longestInline && !(isText && lines.includes("\n"));
}

/** Agents in the order of a `handoffs` list, as a person knows them. */
export function handoffNames(value: Json): readonly string[] {
  return isList(value) ? value.map(handoffName) : [];
}

function handoffName(value: Json): string {
  const name = isObject(value) ? (value.key ?? value.id) : undefined;
  return typeof name === "string" ? name : valueText(value);
}
