import type { Piece } from "./spelling.ts";

/** A text that is looked for, in all of its spellings. */
export type Pattern = {
  readonly expression: RegExp;
  /** A part that every spelling has; empty where there is none that is long enough to look for. */
  readonly anchor: string;
};

/** A shorter anchor would be found in ordinary words too often to be worth a look. */
const leastAnchor = 3;

/** What a name or a word consists of; a hyphen joins, as in `mistral-medium-latest`. */
const wordCharacter = "[\\p{L}\\p{N}_\\-]";
const isWordCharacter = new RegExp(wordCharacter, "u");

/** Finds these pieces in a row, wherever they stand. */
export function patternOf(pieces: readonly Piece[]): Pattern {
  return { expression: expressionOf(sourceOf(pieces)), anchor: anchorOf(pieces) };
}

/** Finds these pieces in a row where they are not part of a longer word. */
export function wordPatternOf(pieces: readonly Piece[], text: string): Pattern {
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

function sourceOf(pieces: readonly Piece[]): string {
  return pieces.map(({ source }) => source).join("");
}

function anchorOf(pieces: readonly Piece[]): string {
  const longest = pieces.reduce(
    (found, { literal }) => (literal.length > found.length ? literal : found),
    "",
  );
  return longest.length < leastAnchor ? "" : longest;
}
