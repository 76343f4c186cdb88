/**
 * One piece of a text to search for: the source of a regular expression for all of its spellings, and the letters and
 * digits in it that no spelling changes.
 */
export type PatternPiece = { readonly source: string; readonly literal: string };

/** Backslashes before a character, which double each time a text is quoted inside another one. */
const backslashes = "\\\\{1,8}";
const percent = "%(?:25){0,3}";
const ampersand = `(?:&|${backslashes}u0026)(?:amp;){0,3}`;

/** Control characters that JSON and programming languages write with a letter (RFC 8259, 7). */
const escapeLetters: Readonly<Record<string, string>> = { "\b": "b", "\f": "f", "\v": "v" };

/** Entities that escapers write for ASCII (HTML Living Standard, 13.5); all other characters are written as numbers. */
const entityNames: Readonly<Record<string, string>> = {
  "&": "amp",
  "<": "lt",
  ">": "gt",
  '"': "quot",
  "'": "apos",
  "\\": "bsol",
  "/": "sol",
};

/**
 * The pieces of a text, each in every spelling that a text may return in: as it is, in JSON (also with ASCII escapes,
 * and inside a JSON text that was quoted again), in a URL or a form, in HTML. White space matches any white space,
 * because programs may collapse it.
 */
export function piecesOf(text: string): readonly PatternPiece[] {
  const runs = text.match(/[A-Za-z0-9]+|[ \t\r\n]+|\\+|./gsu) ?? [];
  return runs.map((run): PatternPiece => {
    if (/^[A-Za-z0-9]/.test(run)) return { source: run, literal: run };
    if (/^[ \t\r\n]/.test(run)) return { source: whiteSpace(run.length), literal: "" };
    if (run.startsWith("\\")) return { source: backslashRun(run.length), literal: "" };
    return { source: anyOf([quoted(run), ...encoded(run)]), literal: "" };
  });
}

/** A character as it is, with backslashes before it if the text was quoted. */
function quoted(character: string): string {
  return `\\\\{0,8}${literal(character)}`;
}

function encoded(character: string): readonly string[] {
  const point = character.codePointAt(0) ?? 0;
  const name = entityNames[character];
  const letter = escapeLetters[character];
  return [
    [...units(character)].map((unit) => `${backslashes}u${hex(unit, 4)}`).join(""),
    bytesOf(character)
      .map((byte) => percent + hex(byte, 2))
      .join(""),
    `${ampersand}#0{0,4}${point};?`,
    `${ampersand}#[xX]0{0,4}${hex(point, 1)};?`,
    ...(name === undefined ? [] : [`${ampersand}${name};`]),
    ...(letter === undefined ? [] : [backslashes + letter]),
  ];
}

function whiteSpace(length: number): string {
  const codes = "(?:20|09|0[aAdD])";
  const one = anyOf([
    "[\\s+]",
    `${backslashes}[nrt]`,
    `${backslashes}u00${codes}`,
    percent + codes,
    `${ampersand}#(?:32|0?9|10|13|[xX]20|[xX]0?9|[xX]0?[aAdD]);?`,
    `${ampersand}nbsp;`,
  ]);
  return `${one}{1,${2 * length}}`;
}

/** Every quotation doubles backslashes, so the number found is only a minimum. */
function backslashRun(length: number): string {
  const others = encoded("\\").map((each) => `(?:${each}){${length}}`);
  return anyOf([`\\\\{${length},${8 * length}}`, ...others]);
}

function units(character: string): readonly number[] {
  return character.split("").map((unit) => unit.charCodeAt(0));
}

function bytesOf(character: string): readonly number[] {
  return [...new TextEncoder().encode(character)];
}

/** A number in hexadecimal digits, upper or lower case. */
function hex(number: number, digits: number): string {
  const text = number.toString(16).padStart(digits, "0");
  return text.replace(/[a-f]/g, (digit) => `[${digit}${digit.toUpperCase()}]`);
}

/** The source of a regular expression with the flag `u` that matches a text literally. */
function literal(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&");
}

function anyOf(sources: readonly string[]): string {
  return `(?:${sources.join("|")})`;
}
