import { type Line, styled } from "../report/words/line.ts";
import {
  type Book,
  itemAt,
  kindsOf,
  listedItems,
  rowCount,
  type Sheet,
  type ViewerState,
} from "./plan-viewer.ts";
import type { Size } from "./terminal.ts";
import { type Paint, paintedRows, type Typeset, typesetter, wrapped } from "./typeset.ts";

/** The layout for a terminal of some size. */
export type Setting = {
  readonly paint: Paint;
  readonly typeset: Typeset;
  readonly isLow: boolean;
  readonly sheet: Sheet;
  readonly columns: number;
  /** The rows of the question, including the expected answer. */
  readonly questionHeight: number;
  /** What to know before confirming, and the summary of the plan. */
  readonly summary: readonly string[];
};

/** The layout of a book in a terminal of this size. */
export function settingFor(book: Book, size: Size, paint: Paint): Setting {
  const typeset = typesetter(paint, size.columns);
  const rowsBelow: Sheet["rowsBelow"] = (item) => typeset(item).length;
  const { columns, rows } = size;
  const { question, outline } = book;
  const asked = question === undefined ? [] : wrapped(`${question.text}${question.yes}_`, columns);
  const questionHeight = Math.min(asked.length, Math.max(1, rows - 2));
  const summary = paintedRows(paint, [...outline.warnings, outline.sum]).flatMap((row) =>
    wrapped(row, columns),
  );
  // Besides the list: a space, the filter, the summary, the hints, and the row on which ink leaves the cursor.
  const room = rows - questionHeight - summary.length - 4;
  // A low terminal shows only the list and the question.
  const isLow = room < fewestRows;
  const height = Math.max(1, isLow ? rows - questionHeight - 1 : room);
  return { paint, typeset, isLow, sheet: { height, rowsBelow }, columns, questionHeight, summary };
}

const fewestRows = 3;

/** The rows of the screen: fewer than the terminal has, unless it has very few. */
export function planViewerScreen(
  book: Book,
  viewer: ViewerState,
  setting: Setting,
): readonly string[] {
  const { paint, isLow, sheet } = setting;
  const question = questionRows(book, viewer, setting);
  const hints = paintedRows(paint, [[styled("faint", hintText(book, viewer, setting))]]);
  if (!viewer.isOpen) return isLow ? question : ["", ...question, ...hints];
  const list = listRows(book, viewer, setting);
  if (isLow) return [...list, ...question];
  return [
    "",
    ...paintedRows(paint, [filterLine(book, viewer, sheet)]),
    ...list,
    ...setting.summary,
    ...question,
    ...hints,
  ];
}

function listRows(
  book: Book,
  viewer: ViewerState,
  { paint, typeset, sheet }: Setting,
): readonly string[] {
  const items = listedItems(book, viewer);
  if (items.length === 0) return paintedRows(paint, [[styled("faint", "  nothing found")]]);
  const end = Math.min(viewer.top + sheet.height, rowCount(items, viewer.unfolded, sheet));
  const rows: string[] = [];
  for (let row = viewer.top; row < end; row += 1) {
    const here = itemAt(items, { row, unfolded: viewer.unfolded }, sheet);
    if (here === undefined) break;
    const { item, line } = here;
    const sign = !item.hasDetails ? " " : viewer.unfolded.has(item) ? "▾" : "▸";
    const text =
      line > 0
        ? (typeset(item)[line - 1] ?? "").slice(2)
        : `${sign} ${paintedRows(paint, [item.heading])[0] ?? ""}`;
    rows.push(`${row === viewer.row ? cursor(paint) : "  "}${text}`);
  }
  return rows;
}

function cursor(paint: Paint): string {
  return `${paintedRows(paint, [[styled("strong", "❯")]])[0]} `;
}

/** The filter of the list, and the position of the cursor. */
function filterLine(book: Book, viewer: ViewerState, sheet: Sheet): Line {
  const items = listedItems(book, viewer);
  const rows = rowCount(items, viewer.unfolded, sheet);
  const place = rows > sheet.height ? `  ${viewer.row + 1} of ${rows}` : "";
  if (viewer.isSearching || viewer.search !== "") {
    const text = `/${viewer.search}${viewer.isSearching ? "_" : ""}`;
    const hidden = listedItems(book, { ...viewer, kind: undefined }).length - items.length;
    const elsewhere = hidden > 0 ? `, ${hidden} more outside [${viewer.kind}]` : "";
    return [styled("strong", text), styled("faint", `  ${items.length} found${elsewhere}${place}`)];
  }
  const kinds: readonly (readonly [string, number])[] = [
    ["all", book.outline.items.length],
    ...kindsOf(book),
  ];
  const chosen = viewer.kind ?? "all";
  return [
    ...kinds.flatMap(([kind, count], at) => [
      at === 0 ? "" : "  ",
      kind === chosen
        ? styled("strong", `[${kind} ${count}]`)
        : styled("faint", `${kind} ${count}`),
    ]),
    styled("faint", place),
  ];
}

/** The question with what was typed, of which the end is always visible. */
function questionRows(
  { question }: Book,
  { answer, isSearching }: ViewerState,
  { paint, columns, questionHeight }: Setting,
): readonly string[] {
  if (question === undefined) return [];
  const line = [styled("strong", question.text), answer, isSearching ? "" : "_"];
  return paintedRows(paint, [line])
    .flatMap((row) => wrapped(row, columns))
    .slice(-questionHeight);
}

/** The hints about keys, by importance: in a narrow terminal the last ones are left out. */
function hintText({ question }: Book, viewer: ViewerState, { columns }: Setting): string {
  const end = question === undefined ? "q quit" : "esc no";
  if (viewer.isSearching)
    return fitting(["enter keep the filter", "esc clear the filter"], columns);
  if (!viewer.isOpen) return fitting([`↓ browse the plan`, end], columns);
  const walking = [
    "↑↓ move",
    "→ open",
    "← close",
    end,
    "tab kind",
    "/ search",
    "> open all",
    "< close all",
  ];
  return fitting(walking, columns);
}

/** As many hints as fit into one row, from the first one. */
function fitting(hints: readonly string[], columns: number): string {
  return hints.reduce((row, hint) => {
    const longer = row === "" ? hint : `${row}  ${hint}`;
    return longer.length <= columns ? longer : row;
  }, "");
}
