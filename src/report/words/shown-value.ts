import { isList, isObject, type Json } from "../../agent/json.ts";
import type { PropertyPath } from "../../agent/property-path.ts";
import { toldApart } from "../diff/look-alike.ts";
import { valueLines, valueText } from "./value.ts";

/** A value in both forms in which it may be shown: on one line, and on several. */
export type ShownValue = {
  readonly inline: string;
  readonly lines: string;
  readonly isText: boolean;
};

/** Longest value that stands on the line of its path. */
const longestInline = 60;

/** The value of a property for people; handoffs by the names that people know. */
export function shown(path: PropertyPath, value: Json): ShownValue {
  if (typeof value === "string") return { inline: valueText(value), lines: value, isText: true };
  if (path[0] === "handoffs") {
    const names = handoffNames(value);
    return { inline: `[${names.join(", ")}]`, lines: names.join("\n"), isText: false };
  }
  return { inline: valueText(value), lines: valueLines(value), isText: false };
}

/** Both values of a property that changes. What only looks the same on one line is told apart there. */
export function shownPair(
  path: PropertyPath,
  before: Json,
  after: Json,
): readonly [ShownValue, ShownValue] {
  const [old, fresh] = [shown(path, before), shown(path, after)];
  const [left, right] = toldApart(old.inline, fresh.inline);
  return [
    { ...old, inline: left },
    { ...fresh, inline: right },
  ];
}

/** The same where there may be a value on one side only. */
export function shownSides(
  path: PropertyPath,
  before: Json | undefined,
  after: Json | undefined,
): readonly [ShownValue | undefined, ShownValue | undefined] {
  if (before !== undefined && after !== undefined) return shownPair(path, before, after);
  return [
    before === undefined ? undefined : shown(path, before),
    after === undefined ? undefined : shown(path, after),
  ];
}

/** Whether a value fits on the line of its path. */
export function isShort({ inline, lines, isText }: ShownValue): boolean {
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
