import type { Position } from "../../agent/position.ts";

/** A position in a file, in the form that editors and terminals make a link of. */
export function positionText({ file, line, column }: Position): string {
  return `${file}:${line}:${column}`;
}
