import type { ProblemCode, ProblemKind } from "../../config/problem.ts";
import { meant } from "./did-you-mean.ts";

/** The text of a problem: what is wrong, what was expected, and what to do. */
export type ProblemText = {
  readonly message: string;
  readonly expected?: string;
  readonly hint?: string;
};

/** The texts for some codes of problems. */
export type ProblemWordings<Code extends ProblemCode> = {
  readonly [Each in Code]: (problem: Extract<ProblemKind, { code: Each }>) => ProblemText;
};

/** A hint with similar names, if there are any. */
export function hintAt(suggestions: readonly string[]): { readonly hint?: string } {
  return suggestions.length === 0 ? {} : { hint: meant(suggestions) };
}
