import type { PatternPiece } from "./spelling.ts";

/** A text to search for, in all of its spellings. */
export type Pattern = {
  readonly expression: RegExp;
  /** A part that every spelling contains; empty if none is long enough to search for. */
  readonly anchor: string;
};

/** A shorter anchor occurs in ordinary words too often to save time. */
const leastAnchor = 3;

/** A character of a name or a word; a hyphen joins, as in `mistral-medium-latest`. */
const wordCharacter = "[\\p{L}\\p{N}_\\-]";
const isWordCharacter = new RegExp(wordCharacter, "u");

/** Finds these pieces in a row, anywhere. */
export function patternOf(pieces: readonly PatternPiece[]): Pattern {
  return { expression: expressionOf(sourceOf(pieces)), anchor: anchorOf(pieces) };
}

/** Finds these pieces in a row, if they are not part of a longer word. */
export function wordPatternOf(pieces: readonly PatternPiece[], text: string): Pattern {
  const [first = "", last = ""] = [[...text][0], [...text].at(-1)];
  const before = isWordCharacter.test(first) ? `(?<!${wordCharacter})` : "";
  const after = isWordCharacter.test(last) ? `(?!${wordCharacter})` : "";
  return {
    expression: expressionOf(before + sourceOf(pieces) + after),
    anchor: anchorOf(pieces),
  };
}

function expressionOf(source: string): RegExp {
  return new RegExp(source, "gu");
}

function sourceOf(pieces: readonly PatternPiece[]): string {
  return pieces.map(({ source }) => source).join("");
}

function anchorOf(pieces: readonly PatternPiece[]): string {
  const longest = pieces.reduce(
    (found, { literal }) => (literal.length > found.length ? literal : found),
    "",
  );
  return longest.length < leastAnchor ? "" : longest;
}
