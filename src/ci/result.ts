import { subcommandOf } from "./command-line.ts";
import type { CommentTexts } from "./comment-texts.ts";
import type { Findings } from "./findings.ts";
import type { Task } from "./task.ts";

/** The result of a job as Markdown; empty if there is nothing to say. */
export type JobResult = {
  readonly markdown: string;
  /** The most important part, for a comment that has no room for all. */
  readonly short: string | undefined;
};

/** The Markdown of a run: as the command printed it, or made from its output. */
export function resultOf(
  task: Task,
  code: number,
  out: string,
  { agents }: Findings,
  texts: CommentTexts,
): JobResult {
  const whole = (markdown: string) => ({ markdown, short: undefined });
  switch (subcommandOf(task)) {
    case "plan":
    case "drift":
      return whole(out);
    case "apply":
      if (task.command !== "preview" || agents === undefined) return whole(out);
      return {
        markdown: texts.preview(task, code, agents, out),
        short: texts.preview(task, code, agents, ""),
      };
    case "promote":
    case "rollback":
    case "destroy":
      return whole(out.trim() === "" ? "" : texts.asCode(task, code, out));
    case "validate":
      return whole("");
  }
}
