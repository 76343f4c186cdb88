import type { Hunk, Part, PromptDiff, Row } from "../diff/prompt-diff.ts";
import { counted, truncated } from "../safe/truncate.ts";
import { type Line, type Span, styled } from "../words/line.ts";

/** Longest line that is shown whole. */
const longestLine = 1000;
/** Most characters of a stretch of a longer line. */
const longestStretch = 240;

/** The first lines of a text, and how many follow. */
export function promptHead(text: string, most: number): readonly Line[] {
  const lines = text.split("\n");
  const rest = lines.length - most;
  return [
    ...lines
      .slice(0, most)
      .map((line): Line => [styled("faint", "│ "), truncated(line, longestLine)]),
    ...(rest > 0 ? [[styled("faint", `│ … ${counted(rest, "more line")}`)]] : []),
  ];
}

/** A change of a text: hunks of lines, with the changed words coloured. */
export function promptDiffText(diff: PromptDiff): readonly Line[] {
  switch (diff.kind) {
    case "hunks":
      return diff.hunks.flatMap(hunkText);
    case "rewritten":
      return [
        [
          styled(
            "changed",
            `rewritten: ${diff.before.length} → ${counted(diff.after.length, "line")}`,
          ),
        ],
        ...endsText("removed", diff.before),
        ...endsText("added", diff.after),
      ];
  }
}

function hunkText(hunk: Hunk): readonly Line[] {
  const first = hunk.find(({ kind }) => kind !== "removed") ?? hunk[0];
  const header: Line = [styled("faint", `@@ line ${first?.number ?? 1}`)];
  return [header, ...hunk.map(rowText)];
}

function rowText({ kind, parts }: Row): Line {
  const isLong = parts.reduce((sum, { text }) => sum + text.length, 0) > longestLine;
  const shown = isLong
    ? parts.map((part) => ({ ...part, text: truncated(part.text, longestStretch) }))
    : parts;
  switch (kind) {
    case "same":
      return ["  ", ...shown.map(({ text }) => text)];
    case "removed":
      return [styled("removed", "- "), ...shown.map((part) => partSpan(part, kind))];
    case "added":
      return [styled("added", "+ "), ...shown.map((part) => partSpan(part, kind))];
  }
}

function partSpan({ text, changed }: Part, side: "removed" | "added"): Span {
  return styled(changed ? `${side}_word` : side, text);
}

/** The first and last lines of a side that is too long to be shown. */
function endsText(side: "removed" | "added", lines: readonly string[]): readonly Line[] {
  const sign = side === "removed" ? "- " : "+ ";
  const text = (line: string): Line => [styled(side, sign + truncated(line, longestStretch))];
  const between = lines.length - 5;
  if (between <= 0) return lines.map(text);
  return [
    ...lines.slice(0, 3).map(text),
    [styled("faint", `  … ${counted(between, "more line")}`)],
    ...lines.slice(-2).map(text),
  ];
}
