import { counted } from "../safe/truncate.ts";
import type { Piece, Section } from "./fit.ts";

/** What is shown at all costs, and what may rather be left out. What is cut is decided by these alone. */
export const dangers = {
  repair: 110,
  error: 100,
  refusal: 90,
  deletion: 80,
  drift: 70,
  model: 60,
  pointer: 50,
  deed: 40,
  remark: 30,
  graph: 20,
  done: 10,
} as const;

/** An item of a list that is there or not. */
export function itemPiece(danger: number, text: string): Piece {
  return { danger, forms: [() => `- ${text}`] };
}

/** What is said of the pieces of a section for which there was not room enough. */
export function restOf(noun: string, plural = `${noun}s`): Section["rest"] {
  return (dropped, cut) => {
    const parts = [
      ...(dropped > 0 ? [`**${dropped} more ${dropped === 1 ? noun : plural}** left out`] : []),
      ...(cut > 0 ? [`${counted(cut, noun, plural)} not shown in full`] : []),
    ];
    return `… ${parts.join(", ")}: a comment has only so much room.`;
  };
}
