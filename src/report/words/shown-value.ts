import { isList, isObject, type Json } from "../../agent/json.ts";
import type { PropertyPath } from "../../agent/property-path.ts";
import { toldApart } from "../diff/look-alike.ts";
import { valueLines, valueText } from "./value.ts";

/** A value in both forms: on one line, and on several. */
export type ShownValue = {
  readonly inline: string;
  readonly lines: string;
  readonly isText: boolean;
};

/** Longest value that is shown on the line of its path. */
const longestInline = 60;

/** The value of a property for people; handoffs by known names. */
export function shown(path: PropertyPath, value: Json): ShownValue {
  if (typeof value === "string") return { inline: valueText(value), lines: value, isText: true };
  if (path[0] === "handoffs") {
    const names = handoffNames(value);
    return { inline: `[${names.join(", ")}]`, lines: names.join("\n"), isText: false };
  }
  return { inline: valueText(value), lines: valueLines(value), isText: false };
}

/** Both values of a changed property. If they look the same on one line, the difference is made visible. */
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

/** The same if one side may be missing. */
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

/** The agents of a `handoffs` list in order, by known names. */
export function handoffNames(value: Json): readonly string[] {
  return isList(value) ? value.map(handoffName) : [];
}

function handoffName(value: Json): string {
  const name = isObject(value) ? (value.key ?? value.id) : undefined;
  return typeof name === "string" ? name : valueText(value);
}
