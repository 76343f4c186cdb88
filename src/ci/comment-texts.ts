import type { JobContext } from "./job-context.ts";
import type { Task } from "./task.ts";

/** The texts of a job for cases where the command's own Markdown is missing, insufficient or too long. */
export type CommentTexts = {
  /** Replaces missing Markdown. */
  readonly withoutResult: (task: Task, code: number) => string;
  /** Replaces Markdown that is longer than a comment may be. */
  readonly tooLong: (task: Task) => string;
  /** For a command without Markdown output: what it printed. */
  readonly asCode: (task: Task, code: number, out: string) => string;
  /** For a preview: its agents as JSON, and the Markdown of the apply that created them. */
  readonly preview: (task: Task, code: number, agents: string, markdown: string) => string;
  /** Why there is no result: the forge withholds the secrets. */
  readonly skipped: (task: Task, withheld: "fork" | "dependabot") => string;
  /** What the comment is about (commit, file, arguments) and a link to the log; empty if nothing is known. */
  readonly footer: (task: Task, job: JobContext) => string;
};
