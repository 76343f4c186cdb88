import type { Json } from "../../agent/json.ts";
import { type PropertyPath, pathText } from "../../agent/property-path.ts";
import { diffPrompts, type Hunk } from "../diff/prompt-diff.ts";
import { truncated } from "../safe/truncate.ts";
import { originText, type ShownChange } from "../words/origin.ts";
import { isShort, shownSides } from "../words/shown-value.ts";
import type { Excerpt, PageChange, PageValue } from "./data.ts";

/** Longest line that is shown whole, and most characters of a stretch of a longer one. */
const longestLine = 4000;
const longestStretch = 1000;
/**
 * Most lines of a text without a counterpart, and of a structure: the schema of a tool must be seen completely before
 * its approval.
 */
const mostLines = 400;
const mostStructureLines = 4000;

/** One property that changes. */
export function pageChange(change: ShownChange): PageChange {
  const { path, before, after, beforeUnknown } = change;
  const isChanged = beforeUnknown === true || (before !== undefined && after !== undefined);
  const sign = isChanged ? "~" : before === undefined ? "+" : "-";
  return {
    path: pathText(path),
    sign,
    origin: originText(change),
    value: pageValue(path, before, after),
  };
}

function pageValue(
  path: PropertyPath,
  before: Json | undefined,
  after: Json | undefined,
): PageValue {
  const [old, fresh] = shownSides(path, before, after);
  if ((old === undefined || isShort(old)) && (fresh === undefined || isShort(fresh))) {
    return { kind: "short", before: old?.inline ?? null, after: fresh?.inline ?? null };
  }
  if (old === undefined || fresh === undefined) {
    const whole = old ?? fresh;
    const most = whole?.isText === false ? mostStructureLines : mostLines;
    const text = excerpt(whole?.lines.split("\n") ?? [], most);
    return { kind: "whole", side: old === undefined ? "added" : "removed", text };
  }
  const diff = diffPrompts(old.lines, fresh.lines);
  switch (diff.kind) {
    case "hunks":
      return { kind: "diff", hunks: diff.hunks.map(boundedHunk) };
    case "rewritten":
      return { ...diff, before: excerpt(diff.before), after: excerpt(diff.after) };
  }
}

function excerpt(lines: readonly string[], most = mostLines): Excerpt {
  return {
    lines: lines.slice(0, most).map((line) => truncated(line, longestLine)),
    more: Math.max(0, lines.length - most),
  };
}

function boundedHunk(hunk: Hunk): Hunk {
  return hunk.map((row) => {
    const length = row.parts.reduce((sum, { text }) => sum + text.length, 0);
    if (length <= longestLine) return row;
    const parts = row.parts.map((part) => ({
      ...part,
      text: truncated(part.text, longestStretch),
    }));
    return { ...row, parts };
  });
}
