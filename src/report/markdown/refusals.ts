import type { Refusal } from "../../plan/refusal.ts";
import { positionText } from "../words/position.ts";
import { refusalSuspects, refusalText, suspectText } from "../words/refusal.ts";
import type { Piece } from "./fit.ts";
import { boldSentence, sentence, sentenceItem } from "./sentence.ts";

/** Most agents that one refusal names. */
const mostSuspects = 10;

/** One refusal: what, where, which agents, and the advice. */
export function refusalPiece(refusal: Refusal, danger: number): Piece {
  const { message, hint } = refusalText(refusal);
  const head = boldSentence(message);
  return {
    danger,
    forms: [
      () => `- ${head}`,
      () =>
        sentenceItem(head, [
          ...("at" in refusal ? [sentence(positionText(refusal.at))] : []),
          ...refusalSuspects(refusal)
            .slice(0, mostSuspects)
            .map((suspect) => sentence(suspectText(suspect))),
          sentence(hint),
        ]),
    ],
  };
}
