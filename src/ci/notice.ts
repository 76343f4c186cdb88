import type { Position } from "../agent/position.ts";
import type { RunFailure } from "./failure.ts";
import type { TaskCommand } from "./task.ts";

/** Why a comment could not be written or changed. */
export type CommentProblem =
  /** The token is not allowed to, such as that of a pull request from a fork. */
  | { readonly kind: "forbidden"; readonly status: number }
  /** The server asked for a longer wait than the job allows. */
  | { readonly kind: "limited" }
  | { readonly kind: "failed"; readonly status?: number; readonly reason: string };

/** A file of the job that could not be written, and the reason as the end of a sentence about the file. */
export type UnwrittenResult = {
  readonly result: "outputs" | "summary" | "markdown";
  readonly reason: string;
};

/** What a CI job reports in addition to the output of the command, as data without texts for people. */
export type CiNotice =
  /** An input of the action, or a variable of the job, is not valid. */
  | { readonly kind: "bad_input"; readonly name: string; readonly expected: string }
  /** The command ended with a code that is neither 0 nor 2. */
  | {
      readonly kind: "ended";
      readonly command: TaskCommand;
      readonly code: number;
      /** The first failure, if the command reported one. */
      readonly failure: RunFailure | undefined;
    }
  /** The files are valid; tasks that need secrets were skipped, because the forge gives this job none. */
  | {
      readonly kind: "skipped";
      readonly command: TaskCommand;
      readonly withheld: "fork" | "dependabot";
      readonly unset: readonly string[];
    }
  /** The command succeeded, but there is drift, and the job should fail on drift. */
  | { readonly kind: "drifted"; readonly command: TaskCommand }
  /** The command could not be started. */
  | { readonly kind: "not_started"; readonly reason: string }
  /** A file for the forge or for later steps could not be written. */
  | ({ readonly kind: "result_unwritten" } & UnwrittenResult)
  /** The command succeeded, but wrote no result. */
  | { readonly kind: "no_result"; readonly command: TaskCommand }
  | { readonly kind: "comment_written"; readonly isNew: boolean }
  | { readonly kind: "comment_failed"; readonly problem: CommentProblem }
  /** A problem at a position in a file. */
  | {
      readonly kind: "problem";
      readonly code: string;
      readonly position: Position;
      readonly text: string;
    };
