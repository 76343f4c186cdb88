import { sanitizedForLogs, sanitizedLine } from "../safe/sanitize.ts";

/** What a piece of text means; how that looks is decided here and nowhere else. */
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

/** A piece of text that stands out. */
export function styled(style: Style, text: string): Span {
  return { text, style };
}

/** Lines further to the right. */
export function indented(lines: readonly Line[], columns: number): readonly Line[] {
  return lines.map((line) => [" ".repeat(columns), ...line]);
}

/**
 * Lines as they are written to a terminal or a file. The only way from a report to a terminal or a
 * build's log: every span is made harmless here, whoever its text is from.
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

/** What a line says, without how it looks. Not sanitized yet. */
export function lineWords(line: Line): string {
  return line.map((span) => (typeof span === "string" ? span : span.text)).join("");
}
