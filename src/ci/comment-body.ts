import { markerOf, slotOf } from "./marker.ts";
import type { Place } from "./place.ts";
import type { WantedComment } from "./put-comment.ts";
import type { Task } from "./task.ts";

/** How a comment is worded where the command's own Markdown is missing or does not fit. */
export type CommentTexts = {
  /** Instead of a Markdown that there is none of. */
  readonly withoutResult: (task: Task, code: number) => string;
  /** Instead of a Markdown that is longer than a comment may be. */
  readonly tooLong: (task: Task) => string;
  /** What it is about (commit, file, arguments) and where the log is; empty when there is nothing to tell. */
  readonly footer: (task: Task, place: Place) => string;
};

/** The comment that tells of a run: its Markdown, what it is about, and the line by which it is found again. */
export function commentOf(
  task: Task,
  { code, markdown }: { readonly code: number; readonly markdown: string },
  place: Place,
  limit: number,
  texts: CommentTexts,
): WantedComment {
  const marker = markerOf(markdown);
  const slot = slotOf(task);
  const body = (text: string) =>
    [text.trimEnd(), texts.footer(task, place), slot].filter((part) => part !== "").join("\n\n");
  const whole = body(markdown.trim() === "" ? texts.withoutResult(task, code) : markdown);
  if (whole.length <= limit) return { body: whole, marker, slot };
  const head = marker === undefined ? "" : `${marker}\n\n`;
  return { body: body(head + texts.tooLong(task)), marker, slot };
}
