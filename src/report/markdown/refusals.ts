import type { Refusal } from "../../plan/refusal.ts";
import { positionText } from "../words/position.ts";
import { refusalSuspects, refusalText, suspectText } from "../words/refusal.ts";
import type { Piece } from "./fit.ts";
import { boldSentence, sentence, sentenceItem } from "./sentence.ts";

/** Most agents that one refusal points at. */
const mostSuspects = 10;

/** What forbids a plan: what it is, where it comes from, which agents it is about, and the way out. */
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
