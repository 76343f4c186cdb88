import type { Position } from "../agent/position.ts";

/** The text of one file, which turns offsets into lines and columns. */
export type SourceText = {
  /** As shown to people. */
  readonly file: string;
  /** In the project, relative to the folder of agents.yaml. */
  readonly path: string;
  /** Without a byte order mark, otherwise as stored. */
  readonly text: string;
  /** Computed when first asked for: most files have no problem. */
  readonly lineStarts: () => readonly number[];
};

/** A range of offsets in a file. */
export type SourceRange = {
  readonly source: SourceText;
  readonly start: number;
  readonly end: number;
};

/** A file as source text. A byte order mark is dropped. */
export function sourceText(file: string, path: string, stored: string): SourceText {
  const text = stored.startsWith("\uFEFF") ? stored.slice(1) : stored;
  let starts: readonly number[] | undefined;
  const lineStarts = () => {
    starts ??= startsOfLines(text);
    return starts;
  };
  return { file, path, text, lineStarts };
}

/** The range of a whole file. */
export function wholeRange(source: SourceText): SourceRange {
  return { source, start: 0, end: source.text.length };
}

/** The position at which a range begins. */
export function positionOf(range: SourceRange): Position {
  const starts = range.source.lineStarts();
  const line = lineAt(starts, range.start);
  return {
    file: range.source.file,
    line: line + 1,
    column: range.start - (starts[line] ?? 0) + 1,
  };
}

/** The text of the line on which a range begins, without its line break. */
export function lineOf(range: SourceRange): string {
  const starts = range.source.lineStarts();
  const line = lineAt(starts, range.start);
  const text = range.source.text.slice(starts[line], starts[line + 1]);
  return text.replace(/\r?\n$/, "");
}

function startsOfLines(text: string): readonly number[] {
  const starts = [0];
  for (let at = text.indexOf("\n"); at !== -1; at = text.indexOf("\n", at + 1)) {
    starts.push(at + 1);
  }
  return starts;
}

/** The index of the last line that starts at or before an offset. */
function lineAt(starts: readonly number[], offset: number): number {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}
