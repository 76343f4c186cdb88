import type { CommentTexts } from "./comment-texts.ts";
import type { JobContext } from "./job-context.ts";
import { markerOf, slotOf } from "./marker.ts";
import type { WantedComment } from "./put-comment.ts";
import type { JobResult } from "./result.ts";
import type { Task } from "./task.ts";

/** The comment for a run: its Markdown, what it is about, and the line that identifies it. */
export function commentOf(
  task: Task,
  { code, markdown, short }: JobResult & { readonly code: number },
  job: JobContext,
  limit: number,
  texts: CommentTexts,
): WantedComment {
  const marker = markerOf(markdown);
  const slot = slotOf(task);
  const body = (text: string) =>
    [text.trimEnd(), texts.footer(task, job), slot].filter((part) => part !== "").join("\n\n");
  const whole = body(markdown.trim() === "" ? texts.withoutResult(task, code) : markdown);
  if (whole.length <= limit) return { body: whole, marker, slot };
  const head = marker === undefined ? "" : `${marker}\n\n`;
  const rest = [...(short === undefined ? [] : [short]), texts.tooLong(task)].join("\n\n");
  return { body: body(head + rest), marker, slot };
}
