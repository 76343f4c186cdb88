import type { Difference } from "../../agent/differences.ts";
import type { Json } from "../../agent/json.ts";
import { pathText } from "../../agent/property-path.ts";
import { diffPrompts } from "../diff/prompt-diff.ts";
import { indented, type Line, type Span, styled } from "../words/line.ts";
import { originText, type ShownChange } from "../words/origin.ts";
import { isShort, type ShownValue, shown, shownPair } from "../words/shown-value.ts";
import { promptDiffText, promptHead } from "./prompt.ts";

/** Most lines of a list or object that is added or removed as a whole, such as the schema of a function. */
const structureLines = 60;
/** Most lines of a text that is added or removed as a whole. */
const headLines = 6;

/** One change of an existing agent: on one line if it fits, else as hunks below its path. */
export function changeText(change: ShownChange): readonly Line[] {
  const { path, before, after } = change;
  const name = pathText(path);
  const flag = originFlag(change);
  if (change.beforeUnknown === true) {
    return wholeText("changed", `~ ${name}`, shown(path, after ?? null), flag);
  }
  if (before === undefined && after !== undefined) {
    return wholeText("added", `+ ${name}`, shown(path, after), flag);
  }
  if (before !== undefined && after === undefined) {
    return wholeText("removed", `- ${name}`, shown(path, before), flag);
  }
  const [old, fresh] = shownPair(path, before ?? null, after ?? null);
  const head = styled("changed", `~ ${name}`);
  if (isShort(old) && isShort(fresh)) {
    const [from, to] = [styled("removed", old.inline), styled("added", fresh.inline)];
    return [[head, ": ", from, " → ", to, ...flag]];
  }
  const hunks = promptDiffText(diffPrompts(old.lines, fresh.lines));
  return [[head, ":", ...flag], ...indented(hunks, 4)];
}

/** The differences between two versions. */
export function differencesText(changes: readonly Difference[]): readonly Line[] {
  return indented(
    changes.flatMap((change) => changeText({ ...change, origin: "yours" })),
    4,
  );
}

/** The value of a property of a new agent, on the line of its name or below it. */
export function newValueText(name: string, value: Json): readonly Line[] {
  return wholeText("strong", name, shown([name], value), []);
}

function wholeText(
  style: "added" | "removed" | "changed" | "strong",
  head: string,
  value: ShownValue,
  flag: readonly Span[],
): readonly Line[] {
  const span = styled(style, head);
  if (isShort(value)) return [[span, ": ", value.inline, ...flag]];
  const body = promptHead(value.lines, value.isText ? headLines : structureLines);
  return [[span, ":", ...flag], ...indented(body, 4)];
}

function originFlag(change: ShownChange): readonly Span[] {
  const text = originText(change);
  return text === "" ? [] : ["  ", styled("warning", text)];
}
