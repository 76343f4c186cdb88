import type { Refusal } from "../../plan/refusal.ts";
import { refusalSuspects } from "../text/refusals.ts";
import { positionText, refusalText, suspectText } from "../words/refusal.ts";
import type { Piece } from "./fit.ts";
import { said, saidItem, saidLoudly } from "./said.ts";

/** Most agents that one refusal points at. */
const mostSuspects = 10;

/** What forbids a plan: what it is, where it comes from, which agents it is about, and the way out. */
export function refusalPiece(refusal: Refusal, danger: number): Piece {
  const { message, hint } = refusalText(refusal);
  const head = saidLoudly(message);
  return {
    danger,
    forms: [
      () => `- ${head}`,
      () =>
        saidItem(head, [
          ...("at" in refusal ? [said(positionText(refusal.at))] : []),
          ...refusalSuspects(refusal)
            .slice(0, mostSuspects)
            .map((suspect) => said(suspectText(suspect))),
          said(hint),
        ]),
    ],
  };
}
