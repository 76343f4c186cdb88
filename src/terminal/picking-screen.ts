import { counted } from "../report/safe/truncate.ts";
import { type Line, styled } from "../report/words/line.ts";
import { type Candidate, listedCandidates, type Picking } from "./picking.ts";

/** Rows besides the candidates: the question, the search, the hints, and the row on which ink leaves the cursor. */
const rowsAround = 5;

/** How many candidates a terminal of this height shows at once. */
export function pickHeight(rows: number): number {
  return Math.max(1, rows - rowsAround);
}

/** The rows of the screen while a user chooses. */
export function pickingScreen(
  question: string,
  candidates: readonly Candidate[],
  picking: Picking,
  height: number,
): readonly Line[] {
  const listed = listedCandidates(candidates, picking);
  const shown = listed.slice(picking.top, picking.top + height);
  const { search, isSearching, chosen, row, top } = picking;
  return [
    [],
    [
      styled("strong", question),
      styled("faint", `  ${chosen.size} of ${counted(candidates.length, "agent")} selected`),
    ],
    ...(search === "" && !isSearching
      ? []
      : [[styled("strong", `/${search}${isSearching ? "_" : ""}`), `  ${listed.length} found`]]),
    ...shown.map((each, at): Line => {
      const isHere = top + at === row;
      return [
        styled("strong", isHere ? "❯ " : "  "),
        chosen.has(each) ? styled("added", "[x] ") : "[ ] ",
        ...each.label,
      ];
    }),
    [
      styled(
        "faint",
        isSearching
          ? "enter keep the filter   esc clear the filter"
          : "↑↓ move  space select  enter done  esc cancel  a select all  / search",
      ),
    ],
  ];
}
