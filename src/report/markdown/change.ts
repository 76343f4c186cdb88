import { type PropertyPath, pathText } from "../../agent/property-path.ts";
import type { Change } from "../../plan/agent-plan.ts";
import { counted, truncated } from "../safe/truncate.ts";
import { originText, type ShownChange } from "../words/origin.ts";
import { isShort, type ShownValue, shownSides } from "../words/shown-value.ts";
import { fenced, folded, headOf, htmlCode } from "./block.ts";
import { markdownDiff } from "./diff.ts";
import { inlineCode } from "./inline.ts";

/** The size limits of a text, and of a structure such as a tool, that is added or removed as a whole. */
const bounds = {
  text: { lines: 40, characters: 4_000 },
  structure: { lines: 200, characters: 12_000 },
} as const;
/** Longest line of either. */
const longestOfMany = 1_000;
/** Longest text of one line that is added or removed without folding. */
const longestLine = 200;
/** Longest name of a property; labels and tools may have any name. */
const longestPath = 80;

/** A change as a list item and, if that is not enough, as a block to unfold. */
export type MarkdownChange = { readonly item: string; readonly block?: string };

/** The words for a value that is added or removed as a whole. */
type Verbs = { readonly added: string; readonly removed: string };

/** One property that changes, sanitized. */
export function markdownChange(change: ShownChange): MarkdownChange {
  const added = change.beforeUnknown === true ? "" : " added";
  return propertyText(change, { added, removed: " removed" });
}

/** One property of a new agent. */
export function markdownProperty(change: Change): MarkdownChange {
  return propertyText(change, { added: "", removed: "" });
}

/** Whether a change needs more than a line. */
export function isLong({ path, before, after }: Change): boolean {
  return !fitsInLine(...shownSides(path, before, after));
}

/** The name of a property, truncated. */
export function shortPath(path: PropertyPath): string {
  return truncated(pathText(path), longestPath);
}

function propertyText(change: ShownChange, verbs: Verbs): MarkdownChange {
  const { path, before, after } = change;
  const [old, fresh] = shownSides(path, before, after);
  const name = shortPath(path);
  if (old === undefined && fresh === undefined) return { item: `- ${inlineCode(name)}` };
  const whose = originText(change);
  const flag = whose === "" ? "" : `, **${whose}**`;
  if (fitsInLine(old, fresh)) {
    return { item: `- ${inlineCode(name)}: ${inlineText(old, fresh, verbs)}${flag}` };
  }
  const { sum, body } = longText(old, fresh, verbs);
  const summary = `${htmlCode(name)}: ${sum}${whose === "" ? "" : `, ${whose}`}`;
  return { item: `- ${inlineCode(name)}: ${sum}${flag}`, block: folded(summary, body) };
}

function fitsInLine(old: ShownValue | undefined, fresh: ShownValue | undefined): boolean {
  if (old !== undefined && fresh !== undefined) return isShort(old) && isShort(fresh);
  const only = old ?? fresh;
  if (only === undefined || isShort(only)) return true;
  return only.isText && only.inline.length <= longestLine && !only.lines.includes("\n");
}

function inlineText(
  old: ShownValue | undefined,
  fresh: ShownValue | undefined,
  { added, removed }: Verbs,
): string {
  if (old === undefined) return inlineCode(fresh?.inline ?? "") + added;
  if (fresh === undefined) return inlineCode(old.inline) + removed;
  return `${inlineCode(old.inline)} → ${inlineCode(fresh.inline)}`;
}

/**
 * Every line has a sign before it, also in a text that is added as a whole: GitLab executes commands such as /close at
 * the start of a line.
 */
function longText(
  old: ShownValue | undefined,
  fresh: ShownValue | undefined,
  { added, removed }: Verbs,
): { readonly sum: string; readonly body: string } {
  if (old !== undefined && fresh !== undefined) return markdownDiff(old.lines, fresh.lines);
  const whole = old ?? fresh;
  const most = whole?.isText === false ? bounds.structure : bounds.text;
  const lines = whole?.lines.split("\n") ?? [];
  const [sign, verb] = old === undefined ? ["+", added] : ["-", removed];
  const signed = lines.map((line) => `${sign} ${truncated(line, longestOfMany)}`);
  return {
    sum: counted(lines.length, "line") + verb,
    body: fenced("diff", headOf(signed, most.lines, most.characters)),
  };
}
