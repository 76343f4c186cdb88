import type { ProblemCode, ProblemKind } from "../../config/problem.ts";
import { meant } from "./did-you-mean.ts";

/** A problem in words: what is wrong, what was expected instead, and what to do. */
export type ProblemText = {
  readonly message: string;
  readonly expected?: string;
  readonly hint?: string;
};

/** The words for some codes of problems. */
export type ProblemWordings<Code extends ProblemCode> = {
  readonly [Each in Code]: (problem: Extract<ProblemKind, { code: Each }>) => ProblemText;
};

/** A hint at what was meant, where something is near. */
export function hintAt(suggestions: readonly string[]): { readonly hint?: string } {
  return suggestions.length === 0 ? {} : { hint: meant(suggestions) };
}
