import { firstError, type RunError } from "../run-error.ts";
import { type Line, styled } from "../words/line.ts";

/** Where the first error of a run is explained, on this machine; nothing where its words say it all. */
export function explainHint(errors: readonly RunError[]): readonly Line[] {
  const first = firstError(errors);
  if (first === undefined || first.saysAll === true) return [];
  // Of a list, the entry says which one it is.
  const code = first.parts[0]?.code ?? first.code;
  return [[styled("faint", `More about this: agentvane explain ${code}`)]];
}
