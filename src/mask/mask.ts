import type { SecretText } from "../agent/secret-text.ts";
import { base64PiecesOf } from "./base64.ts";
import { type Finder, finderOf, type Stretch } from "./finder.ts";
import { type Pattern, patternOf, wordPatternOf } from "./pattern.ts";
import { textsOf, weaknessOf } from "./secret.ts";
import { piecesOf } from "./spelling.ts";

/**
 * Masks secrets in texts; each function masks less than the one before. A text without secrets is returned unchanged.
 */
export type Mask = {
  /** For a text from outside: of a server, a gate, a file, the environment. */
  readonly text: (text: string) => string;
  /**
   * For a text of agentvane that may quote one from outside: agentvane's own words stay, even if a secret is such a
   * word.
   */
  readonly own: (text: string) => string;
  /** For a name that is compared, or for a member name: masks only what can be nothing but a secret. */
  readonly name: (text: string) => string;
  /** Finds secrets in a text from outside. */
  readonly find: Finder;
};

const replacement = "***";

/** A mask for secrets. Known words are those of agentvane and of the configuration. */
export function maskOf(
  secrets: readonly SecretText[],
  isKnownWord: (text: string) => boolean,
): Mask {
  const texts = [...new Set(secrets.flatMap(textsOf))];
  const known = texts.map((text) => ({ text, weakness: weaknessOf(text, isKnownWord) }));
  const strong = known.filter(({ weakness }) => weakness === undefined);
  const short = known.filter(({ weakness }) => weakness === "short");
  const words = known.filter(({ weakness }) => weakness === "word");
  const strongPatterns = strong.flatMap(({ text }) => patternsOf(text));
  const shortPatterns = short.map(({ text }) => wordPatternOf(piecesOf(text), text));
  const wordPatterns = words.map(({ text }) => wordPatternOf(piecesOf(text), text));
  const find = finderOf([...strongPatterns, ...shortPatterns, ...wordPatterns]);
  const findInOwn = finderOf([...strongPatterns, ...shortPatterns]);
  const findInName = finderOf(strongPatterns);
  return {
    text: (text) => replaced(text, find(text)),
    own: (text) => replaced(text, findInOwn(text)),
    name: (text) => replaced(text, findInName(text)),
    find,
  };
}

function patternsOf(text: string): readonly Pattern[] {
  return [piecesOf(text), ...base64PiecesOf(text)].map(patternOf);
}

function replaced(text: string, stretches: readonly Stretch[]): string {
  if (stretches.length === 0) return text;
  const parts: string[] = [];
  let from = 0;
  for (const [start, end] of stretches) {
    parts.push(text.slice(from, start), replacement);
    from = end;
  }
  return [...parts, text.slice(from)].join("");
}
