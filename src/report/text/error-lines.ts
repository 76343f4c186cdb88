import type { RunError } from "../run-error.ts";
import type { ErrorPart } from "../words/error-words.ts";
import { indented, type Line, styled } from "../words/line.ts";

/** An error as the text format prints it. */
export function errorLines({ code, parts, sum }: RunError): readonly Line[] {
  if (sum === undefined) return parts.flatMap((part) => partLines(part, code));
  return [...parts.flatMap((part) => [...partLines(part, code), []]), sum];
}

/** One error: what happened, where, the lines that show it, and what to do. */
export function partLines(part: ErrorPart, code: string): readonly Line[] {
  const { head, place, quote = [], next, command } = part;
  const more: readonly Line[] = [
    ...(place === undefined ? [] : [[styled("faint", place)]]),
    ...quote,
    ...[...next, ...(command === undefined ? [] : [command])].map((text): Line => [text]),
  ];
  return [[...leadOf(part, part.code ?? code), ...head], ...indented(more, 2)];
}

function leadOf({ mark }: ErrorPart, code: string): Line {
  switch (mark) {
    case "error":
    case "refused":
      return [styled("error", mark), styled("faint", `[${code}]`), ": "];
    case "failed_step":
      return [styled("error", "✗"), " "];
    case "ended_step":
      return [styled("warning", "✗"), " "];
    case "warning":
      return [styled("strong", "warning: ")];
    case "none":
      return [];
  }
}
