import type { Refusal } from "../plan/refusal.ts";
import type { Piece } from "./markdown-fit.ts";
import { said, saidItem, saidLoudly } from "./markdown-said.ts";
import { refusalSuspects } from "./refusal-lines.ts";
import { positionText, refusalText, suspectText } from "./refusal-text.ts";

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
