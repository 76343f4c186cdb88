import wrapAnsi from "wrap-ansi";
import type { Line } from "../report/line.ts";
import type { OutlineItem } from "../report/plan-outline.ts";

/** Lines as the terminal gets them: harmless, masked, and in colour where it has any. */
export type Paint = (lines: readonly Line[]) => string;

const detailIndent = "      ";

/** The rows of an item's details in a terminal of some width, each set only once. */
export type Typeset = (item: OutlineItem) => readonly string[];

/** Sets what is below headings, in rows of at most this many columns. */
export function typesetter(paint: Paint, columns: number): Typeset {
  const set = new Map<OutlineItem, readonly string[]>();
  const width = Math.max(10, columns - detailIndent.length);
  return (item) => {
    const known = set.get(item);
    if (known !== undefined) return known;
    const rows = paintedRows(paint, item.details()).flatMap((row) => hung(row, width));
    const indented = rows.map((row) => detailIndent + row);
    set.set(item, indented);
    return indented;
  };
}

/** Painted lines one by one. A tab has no width that a terminal and we agree on. */
export function paintedRows(paint: Paint, lines: readonly Line[]): readonly string[] {
  if (lines.length === 0) return [];
  return paint(lines).slice(0, -1).replaceAll("\t", "    ").split("\n");
}

/** What does not fit goes on below its own beginning, a little further in. */
function hung(row: string, width: number): readonly string[] {
  const [lead = ""] = /^ */.exec(row) ?? [];
  const room = Math.max(10, width - lead.length - hanging.length);
  const [first = "", ...others] = wrapped(row.slice(lead.length), room);
  return [lead + first, ...others.map((each) => lead + hanging + each)];
}

const hanging = "  ";

/** A painted row as rows of at most this many columns. */
export function wrapped(row: string, columns: number): readonly string[] {
  return wrapAnsi(row, columns, { hard: true, trim: false }).split("\n");
}
