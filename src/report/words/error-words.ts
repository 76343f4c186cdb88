import type { Json } from "../../agent/json.ts";
import { type Line, lineWords, styled } from "./line.ts";

/** An error in words and data. Every format prints the same sentences. */
export type ErrorWords = {
  /** What happened, in one sentence. */
  readonly message: string;
  readonly details: Json;
  /** What people read: the error itself, or each entry of a list; empty where the result of the run has it all. */
  readonly parts: readonly ErrorPart[];
  /** The last line of a list. */
  readonly sum?: Line;
  /** docs/problems.md has nothing to add that would help. */
  readonly saysAll?: true;
};

/** One error as people read it: what happened and where, the lines that show it, and last what to do. */
export type ErrorPart = {
  /** What the text format puts in front of it. */
  readonly mark: "error" | "refused" | "failed_step" | "ended_step" | "warning" | "none";
  /** Which entry of a list it is; undefined where it is the event itself. */
  readonly code?: string;
  /** The agents that an entry of a list is about. */
  readonly keys?: readonly string[];
  /** Names stand out. */
  readonly head: Line;
  /** The position in a file. */
  readonly place?: string;
  /** Lines of a file, a conversation, a stack. */
  readonly quote?: readonly Line[];
  /** The last lines of a command's output, which the text format has printed before. */
  readonly output?: readonly string[];
  readonly next: readonly string[];
  /** A shell command that repairs it. */
  readonly command?: string;
};

/** An error that is one sentence, its data, and what to do. */
export function plainError(
  message: string,
  details: Json,
  ...next: readonly string[]
): ErrorWords & { readonly parts: readonly [ErrorPart] } {
  return { message, details, parts: [{ mark: "error", head: [styled("strong", message)], next }] };
}

/** Errors that are told one by one. Their message is that of the first. */
export function errorList(parts: readonly ErrorPart[], details: Json): ErrorWords {
  const [first, ...others] = parts;
  const message = first === undefined ? "" : lineWords(first.head);
  const more = others.length === 0 ? "" : ` (and ${others.length} more)`;
  return { message: message + more, details, parts };
}

/** A step of an apply that failed: what was tried with what, why it failed, and what to do. */
export function failedStep(
  attempt: string,
  name: string,
  reason: string,
  details: Json,
  ...next: readonly string[]
): ErrorWords & { readonly parts: readonly [ErrorPart] } {
  const head = [`${attempt} `, styled("strong", name)];
  return {
    message: `${lineWords(head)}: ${reason}`,
    details,
    parts: [{ mark: "failed_step", head, next: [reason, ...next] }],
  };
}

/** Something else that kept an apply from succeeding, in a sentence of its own. */
export function failedSentence(
  message: string,
  details: Json,
  part: Partial<ErrorPart> = {},
): ErrorWords {
  return { message, details, parts: [{ mark: "failed_step", head: [message], next: [], ...part }] };
}
