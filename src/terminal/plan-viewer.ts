import type { OutlineItem, PlanOutline } from "../report/text/plan-outline.ts";
import type { Question } from "../report/text/question.ts";
import type { Key } from "./key.ts";
import { inSight, type Window } from "./window.ts";

/** A plan, and the question below it, if any. */
export type Book = { readonly outline: PlanOutline; readonly question: Question | undefined };

/** The state of the plan viewer. */
export type ViewerState = Window & {
  /** Whether the list is on the screen, or only the question. */
  readonly isOpen: boolean;
  /** The kind that the list is filtered by. */
  readonly kind: string | undefined;
  readonly search: string;
  readonly isSearching: boolean;
  readonly unfolded: ReadonlySet<OutlineItem>;
  /** The answer typed so far. */
  readonly answer: string;
};

/** How it ended. `left`: there was no question. */
export type ViewerEnd = "yes" | "no" | "left" | "interrupted";

/** The list on the screen: how many rows fit, and how many an open item takes below its heading. */
export type Sheet = { readonly height: number; readonly rowsBelow: (item: OutlineItem) => number };

/** The state before the first key. */
export function openViewer(isOpen: boolean): ViewerState {
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

/** The listed items: all, or those of one kind, filtered by the search. */
export function listedItems(
  { outline }: Book,
  { kind, search }: ViewerState,
): readonly OutlineItem[] {
  const wanted = search.toLowerCase();
  return outline.items.filter(
    (item) =>
      (kind === undefined || item.kinds.includes(kind)) &&
      (wanted === "" || item.searched().includes(wanted)),
  );
}

/** Every kind in the order of its first item, with the number of its items. */
export function kindsOf({ outline }: Book): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const kind of outline.items.flatMap(({ kinds }) => kinds)) {
    counts.set(kind, (counts.get(kind) ?? 0) + 1);
  }
  return counts;
}

/** The state after a key. */
export function viewerAfter(
  book: Book,
  viewer: ViewerState,
  key: Key,
  sheet: Sheet,
): ViewerState | ViewerEnd {
  switch (key.kind) {
    case "interrupt":
      return "interrupted";
    case "end_of_input":
      return book.question === undefined ? "left" : "no";
    case "escape":
      return escaped(book, viewer);
    case "enter":
      return entered(book, viewer, sheet);
    case "erase":
      return viewer.isSearching
        ? narrowed(viewer, { search: withoutLast(viewer.search) })
        : { ...viewer, answer: withoutLast(viewer.answer) };
    case "character":
      return typed(book, viewer, key.character, sheet);
    case "next":
    case "previous":
      return nextKind(book, viewer, key.kind === "next" ? 1 : -1);
    case "left":
      return fold(book, viewer, sheet);
    case "right":
      return unfold(book, viewer, sheet);
    case "up":
      return moved(book, viewer, viewer.row - 1, sheet);
    case "down":
      return moved(book, viewer, viewer.row + 1, sheet);
    case "page_up":
      return moved(book, viewer, viewer.row - sheet.height, sheet);
    case "page_down":
      return moved(book, viewer, viewer.row + sheet.height, sheet);
    case "home":
      return moved(book, viewer, 0, sheet);
    case "end":
      return moved(book, viewer, Number.POSITIVE_INFINITY, sheet);
  }
}

/** The item of a row, and the row's index in it; 0 is its heading. */
export function itemAt(
  items: readonly OutlineItem[],
  { row, unfolded }: Pick<ViewerState, "row" | "unfolded">,
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

/** The number of rows in the list. */
export function rowCount(
  items: readonly OutlineItem[],
  unfolded: ReadonlySet<OutlineItem>,
  { rowsBelow }: Sheet,
): number {
  return items.reduce((sum, item) => sum + 1 + (unfolded.has(item) ? rowsBelow(item) : 0), 0);
}

/** Escape clears the search first, then the answer, then closes the viewer. */
function escaped({ question }: Book, viewer: ViewerState): ViewerState | ViewerEnd {
  if (viewer.isSearching || viewer.search !== "") {
    return narrowed(viewer, { search: "", isSearching: false });
  }
  if (viewer.answer !== "") return { ...viewer, answer: "" };
  return question === undefined ? "left" : "no";
}

function entered(book: Book, viewer: ViewerState, sheet: Sheet): ViewerState | ViewerEnd {
  if (viewer.isSearching) return { ...viewer, isSearching: false };
  const { question } = book;
  if (question !== undefined && (viewer.answer !== "" || !viewer.isOpen)) {
    return viewer.answer.trim() === question.yes ? "yes" : "no";
  }
  const here = itemAt(listedItems(book, viewer), viewer, sheet);
  return here !== undefined && viewer.unfolded.has(here.item)
    ? fold(book, viewer, sheet)
    : unfold(book, viewer, sheet);
}

function typed(
  book: Book,
  viewer: ViewerState,
  character: string,
  sheet: Sheet,
): ViewerState | ViewerEnd {
  if (viewer.isSearching) return narrowed(viewer, { search: viewer.search + character });
  switch (character) {
    case "/":
      return { ...viewer, isOpen: true, isSearching: true };
    case ">":
      return foldAll(book, viewer, sheet, new Set(listedItems(book, viewer)));
    case "<":
      return foldAll(book, viewer, sheet, new Set());
    default:
  }
  if (book.question !== undefined) return { ...viewer, answer: viewer.answer + character };
  if (character === "q") return "left";
  return character === " " ? entered(book, viewer, sheet) : viewer;
}

function nextKind(book: Book, viewer: ViewerState, step: 1 | -1): ViewerState {
  const kinds = [undefined, ...kindsOf(book).keys()];
  const at = kinds.indexOf(viewer.kind) + step;
  return narrowed(viewer, { kind: kinds.at(at % kinds.length) });
}

function narrowed(viewer: ViewerState, change: Partial<ViewerState>): ViewerState {
  return { ...viewer, isOpen: true, row: 0, top: 0, ...change };
}

/** Closes the item at the cursor, and moves to its heading. */
function fold(book: Book, viewer: ViewerState, sheet: Sheet): ViewerState {
  const here = itemAt(listedItems(book, viewer), viewer, sheet);
  if (here === undefined) return viewer;
  const unfolded = new Set(viewer.unfolded);
  unfolded.delete(here.item);
  return shown(book, { ...viewer, unfolded, row: viewer.row - here.line }, sheet);
}

function unfold(book: Book, viewer: ViewerState, sheet: Sheet): ViewerState {
  if (!viewer.isOpen) return { ...viewer, isOpen: true };
  const here = itemAt(listedItems(book, viewer), viewer, sheet);
  if (here === undefined || here.line > 0) return viewer;
  const unfolded = new Set(viewer.unfolded).add(here.item);
  // Scrolls as much of the item into view as fits, but keeps its heading visible.
  const last = viewer.row + sheet.rowsBelow(here.item);
  const top = Math.min(viewer.row, Math.max(viewer.top, last - sheet.height + 1));
  return shown(book, { ...viewer, unfolded, top }, sheet);
}

function foldAll(
  book: Book,
  viewer: ViewerState,
  sheet: Sheet,
  unfolded: ReadonlySet<OutlineItem>,
): ViewerState {
  return shown(book, { ...viewer, isOpen: true, unfolded, row: 0, top: 0 }, sheet);
}

function moved(book: Book, viewer: ViewerState, row: number, sheet: Sheet): ViewerState {
  return viewer.isOpen ? shown(book, { ...viewer, row }, sheet) : { ...viewer, isOpen: true };
}

/** With the cursor on an existing, visible row. */
export function shown(book: Book, viewer: ViewerState, sheet: Sheet): ViewerState {
  const rows = rowCount(listedItems(book, viewer), viewer.unfolded, sheet);
  return { ...viewer, ...inSight(viewer, rows, sheet.height) };
}

function withoutLast(text: string): string {
  return [...text].slice(0, -1).join("");
}
