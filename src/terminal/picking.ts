import type { Line } from "../report/words/line.ts";
import type { Key } from "./key.ts";
import { inSight, type Window } from "./window.ts";

/** One of the choices. */
export type Candidate = {
  readonly label: Line;
  /** The text that a search looks in, in lower case. */
  readonly searched: string;
};

/** The state of a selection. */
export type Picking = Window & {
  readonly chosen: ReadonlySet<Candidate>;
  readonly search: string;
  readonly isSearching: boolean;
};

/** How it ended; the selection counts only if it is `done`. */
export type PickOutcome = "done" | "given_up" | "interrupted";

/** Nothing is selected yet. */
export const startPicking: Picking = {
  row: 0,
  top: 0,
  chosen: new Set(),
  search: "",
  isSearching: false,
};

/** The candidates that match the search. */
export function listedCandidates(
  candidates: readonly Candidate[],
  { search }: Picking,
): readonly Candidate[] {
  return candidates.filter(({ searched }) => searched.includes(search.toLowerCase()));
}

/** The state after a key, if `height` candidates are shown at once. */
export function pickOn(
  candidates: readonly Candidate[],
  picking: Picking,
  key: Key,
  height: number,
): Picking | PickOutcome {
  const listed = listedCandidates(candidates, picking);
  const walk = (row: number): Picking => ({
    ...picking,
    ...inSight({ ...picking, row }, listed.length, height),
  });
  switch (key.kind) {
    case "interrupt":
      return "interrupted";
    case "end_of_input":
      return "given_up";
    case "escape":
      return picking.isSearching || picking.search !== ""
        ? searching(picking, { search: "", isSearching: false })
        : "given_up";
    case "enter":
      return picking.isSearching ? { ...picking, isSearching: false } : "done";
    case "erase":
      return picking.isSearching
        ? searching(picking, { search: [...picking.search].slice(0, -1).join("") })
        : picking;
    case "up":
      return walk(picking.row - 1);
    case "down":
      return walk(picking.row + 1);
    case "page_up":
      return walk(picking.row - height);
    case "page_down":
      return walk(picking.row + height);
    case "home":
      return walk(0);
    case "end":
      return walk(listed.length);
    case "character":
      return typed(picking, key.character, listed);
    case "left":
    case "right":
    case "next":
    case "previous":
      return picking;
  }
}

function typed(picking: Picking, character: string, listed: readonly Candidate[]): Picking {
  if (picking.isSearching) return searching(picking, { search: picking.search + character });
  switch (character) {
    case "/":
      return { ...picking, isSearching: true };
    case " ":
      return toggled(picking, listed.slice(picking.row, picking.row + 1));
    case "a":
      return toggled(picking, listed);
    default:
      return picking;
  }
}

/** Selects all of these, or deselects them if all were selected. */
function toggled(picking: Picking, candidates: readonly Candidate[]): Picking {
  const chosen = new Set(picking.chosen);
  const isIn = candidates.every((each) => chosen.has(each));
  for (const each of candidates) {
    if (isIn) chosen.delete(each);
    else chosen.add(each);
  }
  return { ...picking, chosen };
}

function searching(picking: Picking, change: Partial<Picking>): Picking {
  return { ...picking, row: 0, top: 0, ...change };
}
