import type { Position } from "../../agent/position.ts";
import { sanitizedLine } from "../safe/sanitize.ts";

/**
 * A line that GitHub's runner shows as a notice, a warning or an error. It stays one command with any text: characters
 * that could end a property or the line are escaped as the runner expects.
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
 * A text between two lines that keep GitHub's runner from obeying anything in it: a prompt may contain a line that
 * starts with `::set-output`. The text could end this only if it knew the token.
 */
export function quoted(text: string, token: string): string {
  return `${quoteStart(token)}${text}${quoteEnd(token)}`;
}

/** After this line nothing is a command. */
export function quoteStart(token: string): string {
  return `::stop-commands::${token}\n`;
}

/** The line that ends the quotation, always on a line of its own. */
export function quoteEnd(token: string): string {
  return `\n::${token}::\n`;
}

/** A text that is folded in the log. */
export function folded(title: string, text: string): string {
  return `::group::${data(sanitizedLine(title))}\n${text}::endgroup::\n`;
}

function data(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

function property(text: string): string {
  return data(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
