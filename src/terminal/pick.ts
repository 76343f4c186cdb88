import { counted } from "../report/safe/truncate.ts";
import { runDialog } from "./dialog.ts";
import {
  type Candidate,
  listedCandidates,
  type Picking,
  type PickOutcome,
  pickOn,
  startPicking,
} from "./picking.ts";
import { pickHeight, pickingScreen } from "./picking-screen.ts";
import type { Terminal } from "./terminal.ts";
import { paintedRows } from "./typeset.ts";
import { inSight } from "./window.ts";

/** Lets a user choose from a list. Nothing is chosen unless it was confirmed. */
export async function pick(
  terminal: Terminal,
  question: string,
  candidates: readonly Candidate[],
): Promise<ReadonlySet<Candidate>> {
  type State = { readonly picking: Picking; readonly height: number };
  const chosenBy = (end: PickOutcome, { chosen }: Picking) =>
    end === "done" ? chosen : new Set<Candidate>();
  const { end, state } = await runDialog<State, PickOutcome>(terminal, {
    start: ({ rows }) => ({ picking: startPicking, height: pickHeight(rows) }),
    resized: ({ picking }, { rows }) => {
      const height = pickHeight(rows);
      const listed = listedCandidates(candidates, picking).length;
      return { height, picking: { ...picking, ...inSight(picking, listed, height) } };
    },
    take: ({ picking, height }, key) => {
      const next = pickOn(candidates, picking, key, height);
      return typeof next === "string" ? next : { height, picking: next };
    },
    rows: ({ picking, height }) =>
      paintedRows(terminal.paint, pickingScreen(question, candidates, picking, height)),
    left: ({ picking }, how) => {
      const answer = counted(chosenBy(how, picking).size, "agent");
      return paintedRows(terminal.paint, [[], [`${question}  ${answer}`]]);
    },
    ended: "given_up",
  });
  return chosenBy(end, state.picking);
}
