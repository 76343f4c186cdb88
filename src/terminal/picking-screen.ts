import { counted } from "../report/safe/truncate.ts";
import { type Line, styled } from "../report/words/line.ts";
import { type Candidate, listedCandidates, type Picking } from "./picking.ts";

/** Rows around the candidates: what is asked, the search, the hints, and the one on which ink leaves the cursor. */
const rowsAround = 5;

/** How many candidates are shown at once in a terminal of so many rows. */
export function pickHeight(rows: number): number {
  return Math.max(1, rows - rowsAround);
}

/** What is on the screen while somebody chooses. */
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
      styled("faint", `  ${chosen.size} of ${counted(candidates.length, "agent")} chosen`),
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
          ? "enter keep what was found   esc show everything"
          : "↑↓ move  space choose  enter done  esc none  a all listed  / search",
      ),
    ],
  ];
}
