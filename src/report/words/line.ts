import { sanitizedForLogs, sanitizedLine } from "../safe/sanitize.ts";

/** The meaning of a piece of text; its colour is defined only here. */
export type Style =
  | "strong"
  | "faint"
  | "added"
  | "removed"
  | "changed"
  | "added_word"
  | "removed_word"
  | "warning"
  | "error"
  | "success";

export type Span = string | { readonly text: string; readonly style: Style };

/** One line of output, without its line break. */
export type Line = readonly Span[];

/** ANSI SGR parameters (ECMA-48, 8.3.117). */
const codes: { readonly [Name in Style]: string } = {
  strong: "1",
  faint: "2",
  added: "32",
  removed: "31",
  changed: "33",
  added_word: "1;7;32",
  removed_word: "1;7;31",
  warning: "33",
  error: "1;31",
  success: "1;32",
};

/** A piece of text with a style. */
export function styled(style: Style, text: string): Span {
  return { text, style };
}

/** Indented lines. */
export function indented(lines: readonly Line[], columns: number): readonly Line[] {
  return lines.map((line) => [" ".repeat(columns), ...line]);
}

/**
 * Lines for a terminal or a file. Reports reach a terminal or a log only through this function: every span is sanitized
 * here, also our own.
 */
export function paint(lines: readonly Line[], colour: boolean): string {
  return lines
    .map((line) => `${sanitizedForLogs(line.map((span) => paintSpan(span, colour)).join(""))}\n`)
    .join("");
}

function paintSpan(span: Span, colour: boolean): string {
  if (typeof span === "string") return sanitizedLine(span);
  const text = sanitizedLine(span.text);
  return colour && text !== "" ? `\u001b[${codes[span.style]}m${text}\u001b[0m` : text;
}

/** The text of a line without styles. It is not sanitized. */
export function lineWords(line: Line): string {
  return line.map((span) => (typeof span === "string" ? span : span.text)).join("");
}
