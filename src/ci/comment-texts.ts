import type { JobContext } from "./job-context.ts";
import type { Task } from "./task.ts";

/** How a job is worded where the command's own Markdown is missing, is not enough or does not fit. */
export type CommentTexts = {
  /** Instead of a Markdown that there is none of. */
  readonly withoutResult: (task: Task, code: number) => string;
  /** Instead of a Markdown that is longer than a comment may be. */
  readonly tooLong: (task: Task) => string;
  /** For a command that prints no Markdown: what it printed. */
  readonly asCode: (task: Task, code: number, out: string) => string;
  /** The agents of a preview, which are JSON, around the Markdown of the apply that made them. */
  readonly preview: (task: Task, code: number, agents: string, markdown: string) => string;
  /** Why there is no result: the forge withholds what it takes. */
  readonly skipped: (task: Task, withheld: "fork" | "dependabot") => string;
  /** What it is about (commit, file, arguments) and where the log is; empty when there is nothing to tell. */
  readonly footer: (task: Task, job: JobContext) => string;
};
