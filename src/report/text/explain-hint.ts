import { firstError, type RunError } from "../run-error.ts";
import { type Line, styled } from "../words/line.ts";

/** How to read more about the first error of a run; empty if its text is complete. */
export function explainHint(errors: readonly RunError[]): readonly Line[] {
  const first = firstError(errors);
  if (first === undefined || first.saysAll === true) return [];
  // Of a list, the entry says which one it is.
  const code = first.parts[0]?.code ?? first.code;
  return [[styled("faint", `More about this: agentvane explain ${code}`)]];
}
