import type { Position } from "../../agent/position.ts";
import { sanitizedLine } from "../safe/sanitize.ts";

/**
 * A line that GitHub's runner shows as a notice, a warning or an error. Whatever the texts are, it stays one
 * command: what would end a property or the line is escaped as the runner expects it.
 */
export function annotation(
  level: "notice" | "warning" | "error",
  title: string,
  text: string,
  position?: Position,
): string {
  const at =
    position === undefined
      ? []
      : [
          `file=${property(position.file)}`,
          `line=${Math.trunc(position.line)}`,
          `col=${Math.trunc(position.column)}`,
        ];
  const properties = [...at, `title=${property(sanitizedLine(title))}`].join(",");
  return `::${level} ${properties}::${data(sanitizedLine(text))}\n`;
}

/**
 * A text between two lines that keep GitHub's runner from obeying anything in it: a prompt may well begin a line
 * with `::set-output`. Only who knows the token can end that.
 */
export function quoted(text: string, token: string): string {
  return `${quoteStart(token)}${text}${quoteEnd(token)}`;
}

/** From this line on nothing is a command. */
export function quoteStart(token: string): string {
  return `::stop-commands::${token}\n`;
}

/** The line that ends it, on a line of its own whatever stands before. */
export function quoteEnd(token: string): string {
  return `\n::${token}::\n`;
}

/** A text that can be folded away in the log. */
export function folded(title: string, text: string): string {
  return `::group::${data(sanitizedLine(title))}\n${text}::endgroup::\n`;
}

function data(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

function property(text: string): string {
  return data(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
