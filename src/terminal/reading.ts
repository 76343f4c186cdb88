import type { OutlineItem, PlanOutline } from "../report/text/plan-outline.ts";
import type { Question } from "../report/text/question.ts";
import type { Key } from "./key.ts";
import { inSight, type Window } from "./window.ts";

/** What is read: a plan, and the question below it, if there is one. */
export type Book = { readonly outline: PlanOutline; readonly question: Question | undefined };

/** How far somebody is in walking through a plan. */
export type Reading = Window & {
  /** Whether the list is on the screen, or only the question. */
  readonly isOpen: boolean;
  /** The kind that the list is narrowed to. */
  readonly kind: string | undefined;
  readonly search: string;
  readonly isSearching: boolean;
  readonly unfolded: ReadonlySet<OutlineItem>;
  /** What was typed below the question. */
  readonly answer: string;
};

/** How it ended. `left`: nothing was asked. */
export type Outcome = "yes" | "no" | "left" | "interrupted";

/** The list as it is on the screen: how many rows fit, and how many an open item takes below its heading. */
export type Sheet = { readonly height: number; readonly rowsBelow: (item: OutlineItem) => number };

/** Before the first key. */
export function startReading(isOpen: boolean): Reading {
  return {
    isOpen,
    kind: undefined,
    search: "",
    isSearching: false,
    unfolded: new Set(),
    row: 0,
    top: 0,
    answer: "",
  };
}

/** The items that are listed: all, or those of one kind, of which a search finds something. */
export function listedItems({ outline }: Book, { kind, search }: Reading): readonly OutlineItem[] {
  const wanted = search.toLowerCase();
  return outline.items.filter(
    (item) =>
      (kind === undefined || item.kinds.includes(kind)) &&
      (wanted === "" || item.searched().includes(wanted)),
  );
}

/** Every kind in the order in which it first comes, with how many items are of it. */
export function kindsOf({ outline }: Book): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const kind of outline.items.flatMap(({ kinds }) => kinds)) {
    counts.set(kind, (counts.get(kind) ?? 0) + 1);
  }
  return counts;
}

/** What a key makes of it. */
export function readOn(book: Book, reading: Reading, key: Key, sheet: Sheet): Reading | Outcome {
  switch (key.kind) {
    case "interrupt":
      return "interrupted";
    case "end_of_input":
      return book.question === undefined ? "left" : "no";
    case "escape":
      return escaped(book, reading);
    case "enter":
      return entered(book, reading, sheet);
    case "erase":
      return reading.isSearching
        ? narrowed(reading, { search: withoutLast(reading.search) })
        : { ...reading, answer: withoutLast(reading.answer) };
    case "character":
      return typed(book, reading, key.character, sheet);
    case "next":
    case "previous":
      return nextKind(book, reading, key.kind === "next" ? 1 : -1);
    case "left":
      return fold(book, reading, sheet);
    case "right":
      return unfold(book, reading, sheet);
    case "up":
      return moved(book, reading, reading.row - 1, sheet);
    case "down":
      return moved(book, reading, reading.row + 1, sheet);
    case "page_up":
      return moved(book, reading, reading.row - sheet.height, sheet);
    case "page_down":
      return moved(book, reading, reading.row + sheet.height, sheet);
    case "home":
      return moved(book, reading, 0, sheet);
    case "end":
      return moved(book, reading, Number.POSITIVE_INFINITY, sheet);
  }
}

/** The item that a row belongs to, and which row of it: 0 is its heading. */
export function itemAt(
  items: readonly OutlineItem[],
  { row, unfolded }: Pick<Reading, "row" | "unfolded">,
  { rowsBelow }: Sheet,
): { readonly item: OutlineItem; readonly line: number } | undefined {
  let start = 0;
  for (const item of items) {
    const height = 1 + (unfolded.has(item) ? rowsBelow(item) : 0);
    if (row < start + height) return { item, line: row - start };
    start += height;
  }
  return undefined;
}

/** How many rows a list has. */
export function rowCount(
  items: readonly OutlineItem[],
  unfolded: ReadonlySet<OutlineItem>,
  { rowsBelow }: Sheet,
): number {
  return items.reduce((sum, item) => sum + 1 + (unfolded.has(item) ? rowsBelow(item) : 0), 0);
}

/** A search is taken back first, then what was typed, then all of it. */
function escaped({ question }: Book, reading: Reading): Reading | Outcome {
  if (reading.isSearching || reading.search !== "") {
    return narrowed(reading, { search: "", isSearching: false });
  }
  if (reading.answer !== "") return { ...reading, answer: "" };
  return question === undefined ? "left" : "no";
}

function entered(book: Book, reading: Reading, sheet: Sheet): Reading | Outcome {
  if (reading.isSearching) return { ...reading, isSearching: false };
  const { question } = book;
  if (question !== undefined && (reading.answer !== "" || !reading.isOpen)) {
    return reading.answer.trim() === question.yes ? "yes" : "no";
  }
  const here = itemAt(listedItems(book, reading), reading, sheet);
  return here !== undefined && reading.unfolded.has(here.item)
    ? fold(book, reading, sheet)
    : unfold(book, reading, sheet);
}

function typed(book: Book, reading: Reading, character: string, sheet: Sheet): Reading | Outcome {
  if (reading.isSearching) return narrowed(reading, { search: reading.search + character });
  switch (character) {
    case "/":
      return { ...reading, isOpen: true, isSearching: true };
    case ">":
      return foldAll(book, reading, sheet, new Set(listedItems(book, reading)));
    case "<":
      return foldAll(book, reading, sheet, new Set());
    default:
  }
  if (book.question !== undefined) return { ...reading, answer: reading.answer + character };
  if (character === "q") return "left";
  return character === " " ? entered(book, reading, sheet) : reading;
}

function nextKind(book: Book, reading: Reading, step: 1 | -1): Reading {
  const kinds = [undefined, ...kindsOf(book).keys()];
  const at = kinds.indexOf(reading.kind) + step;
  return narrowed(reading, { kind: kinds.at(at % kinds.length) });
}

function narrowed(reading: Reading, change: Partial<Reading>): Reading {
  return { ...reading, isOpen: true, row: 0, top: 0, ...change };
}

/** Folds the item the cursor is in, and goes to its heading. */
function fold(book: Book, reading: Reading, sheet: Sheet): Reading {
  const here = itemAt(listedItems(book, reading), reading, sheet);
  if (here === undefined) return reading;
  const unfolded = new Set(reading.unfolded);
  unfolded.delete(here.item);
  return shown(book, { ...reading, unfolded, row: reading.row - here.line }, sheet);
}

function unfold(book: Book, reading: Reading, sheet: Sheet): Reading {
  if (!reading.isOpen) return { ...reading, isOpen: true };
  const here = itemAt(listedItems(book, reading), reading, sheet);
  if (here === undefined || here.line > 0) return reading;
  const unfolded = new Set(reading.unfolded).add(here.item);
  // As much of it as fits comes into sight, but never at the cost of its heading.
  const last = reading.row + sheet.rowsBelow(here.item);
  const top = Math.min(reading.row, Math.max(reading.top, last - sheet.height + 1));
  return shown(book, { ...reading, unfolded, top }, sheet);
}

function foldAll(
  book: Book,
  reading: Reading,
  sheet: Sheet,
  unfolded: ReadonlySet<OutlineItem>,
): Reading {
  return shown(book, { ...reading, isOpen: true, unfolded, row: 0, top: 0 }, sheet);
}

function moved(book: Book, reading: Reading, row: number, sheet: Sheet): Reading {
  return reading.isOpen ? shown(book, { ...reading, row }, sheet) : { ...reading, isOpen: true };
}

/** With the cursor on a row that exists, and that row in sight. */
export function shown(book: Book, reading: Reading, sheet: Sheet): Reading {
  const rows = rowCount(listedItems(book, reading), reading.unfolded, sheet);
  return { ...reading, ...inSight(reading, rows, sheet.height) };
}

function withoutLast(text: string): string {
  return [...text].slice(0, -1).join("");
}
