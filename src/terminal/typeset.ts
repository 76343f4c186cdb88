import wrapAnsi from "wrap-ansi";
import type { OutlineItem } from "../report/text/plan-outline.ts";
import type { Line } from "../report/words/line.ts";

/** Lines as the terminal gets them: sanitized, masked, and coloured if it has colours. */
export type Paint = (lines: readonly Line[]) => string;

const detailIndent = "      ";

/** The rows of an item's details for the width of the terminal, computed once. */
export type Typeset = (item: OutlineItem) => readonly string[];

/** Wraps the details of items in rows of at most this many columns. */
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

/** Painted lines one by one. Tabs are replaced, because terminals disagree about their width. */
export function paintedRows(paint: Paint, lines: readonly Line[]): readonly string[] {
  if (lines.length === 0) return [];
  return paint(lines).slice(0, -1).replaceAll("\t", "    ").split("\n");
}

/** A long row continues below its own start, indented a little more. */
function hung(row: string, width: number): readonly string[] {
  const [lead = ""] = beginning.exec(row) ?? [];
  const indent = lead.replace(colours, "");
  const room = Math.max(10, width - indent.length - hanging.length);
  const begun = (lead.match(colours) ?? []).join("");
  const [first = "", ...others] = wrapped(begun + row.slice(lead.length), room);
  return [indent + first, ...others.map((each) => indent + hanging + each)];
}

/** The space that a painted row starts with; colour codes may come before it. */
const beginning = /^(?:\u001b\[[\d;]*m)*(?: |\u001b\[[\d;]*m)*/;
const colours = /\u001b\[[\d;]*m/g;

const hanging = "  ";

/** A painted row as rows of at most this many columns. */
export function wrapped(row: string, columns: number): readonly string[] {
  return wrapAnsi(row, columns, { hard: true, trim: false }).split("\n");
}

/**
 * A painted row cut to at most this many columns, with a sign where something is left out. A row that is too long would
 * break every row below it, so the parts of a joined emoji are counted one by one: not every terminal joins them.
 */
export function cut(row: string, columns: number): string {
  const parted = row.replaceAll("\u200d", "");
  if (wrapped(parted, columns).length === 1) return row;
  const options = { hard: true, trim: false, wordWrap: false };
  return `${wrapAnsi(parted, columns - 1, options).split("\n")[0] ?? ""}…`;
}
