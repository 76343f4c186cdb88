import { counted } from "../safe/truncate.ts";
import type { Piece, Section } from "./fit.ts";

/** The importance of each piece, which alone decides what is cut. */
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

/** An optional item of a list. */
export function itemPiece(danger: number, text: string): Piece {
  return { danger, forms: [() => `- ${text}`] };
}

/** The remark about pieces of a section that did not fit. */
export function restOf(noun: string, plural = `${noun}s`): Section["rest"] {
  return (dropped, cut) => {
    const parts = [
      ...(dropped > 0 ? [`**${dropped} more ${dropped === 1 ? noun : plural}** left out`] : []),
      ...(cut > 0 ? [`${counted(cut, noun, plural)} not shown in full`] : []),
    ];
    return `… ${parts.join(", ")}: the comment would be too long.`;
  };
}
