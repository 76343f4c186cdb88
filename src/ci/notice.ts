import type { Position } from "../agent/position.ts";
import type { Failure } from "./failure.ts";
import type { TaskCommand } from "./task.ts";

/** Why a comment could not be written or changed. */
export type CommentProblem =
  /** The token may not: such as that of a pull request from a fork. */
  | { readonly kind: "forbidden"; readonly status: number }
  /** The server asked for more patience than there is. */
  | { readonly kind: "limited" }
  | { readonly kind: "failed"; readonly status?: number; readonly reason: string };

/** A file of the job that could not be written, and why: the end of a sentence about the file. */
export type UnwrittenResult = {
  readonly result: "outputs" | "summary" | "markdown";
  readonly reason: string;
};

/** What a CI job is told beside the output of the command: no text for people is in it. */
export type CiNotice =
  /** An input of the action, or a variable of the job, is none that can be used. */
  | { readonly kind: "bad_input"; readonly name: string; readonly expected: string }
  /** The command ended with a code that is neither 0 nor 2. */
  | {
      readonly kind: "ended";
      readonly command: TaskCommand;
      readonly code: number;
      /** The first thing that went wrong, where the command told. */
      readonly failure: Failure | undefined;
    }
  /** The files are valid; what needs secrets was left out, since the forge gives none to this job. */
  | {
      readonly kind: "skipped";
      readonly command: TaskCommand;
      readonly withheld: "fork" | "dependabot";
      readonly unset: readonly string[];
    }
  /** It ended well, but there is drift, and the job asked to fail on that. */
  | { readonly kind: "drifted"; readonly command: TaskCommand }
  /** The command could not be started at all. */
  | { readonly kind: "not_started"; readonly reason: string }
  /** A file that the job hands to its forge or to later steps could not be written. */
  | ({ readonly kind: "result_unwritten" } & UnwrittenResult)
  /** It said that all went well, and left no result. */
  | { readonly kind: "no_result"; readonly command: TaskCommand }
  | { readonly kind: "comment_written"; readonly isNew: boolean }
  | { readonly kind: "comment_failed"; readonly problem: CommentProblem }
  /** Something is wrong at a position in a file. */
  | {
      readonly kind: "problem";
      readonly code: string;
      readonly position: Position;
      readonly text: string;
    };
