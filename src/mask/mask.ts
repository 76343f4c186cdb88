import type { SecretText } from "../agent/secret-text.ts";
import { base64PiecesOf } from "./base64.ts";
import { type Finder, finderOf, type Stretch } from "./finder.ts";
import { type Pattern, patternOf, wordPatternOf } from "./pattern.ts";
import { textsOf, weaknessOf } from "./secret.ts";
import { piecesOf } from "./spelling.ts";

/** Takes secrets out of texts, each function fewer than the one before it. A text without one stays as it is. */
export type Mask = {
  /** For a text from outside: of a server, a gate, a file, the environment. */
  readonly text: (text: string) => string;
  /** For a text of this tool that may quote one: words of the tool stay, even where a secret is such a word. */
  readonly own: (text: string) => string;
  /** For a name that is compared, or a member's: only what nothing but a secret looks like. */
  readonly name: (text: string) => string;
  /** Where secrets stand in a text from outside. */
  readonly find: Finder;
};

const replacement = "***";

/** A mask for secrets. Known words are those of the tool and of the configuration. */
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
