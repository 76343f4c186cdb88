import type { RunEvent } from "../../commands/event.ts";
import { counted } from "../safe/truncate.ts";
import { type Line, styled } from "../words/line.ts";

/** Most lines that are shown of what a file should say. */
const mostLines = 8;

/** Whether a file still says what it should, and what it lacks. */
export function outputCheckText({
  path,
  holds,
  lacking,
}: Extract<RunEvent, { kind: "output_compared" }>): readonly Line[] {
  if (holds) return [[styled("success", "Up to date:"), ` ${path}`]];
  const more = lacking.length - mostLines;
  return [
    [styled("warning", "Out of date:"), ` ${path}. It should say:`],
    ...lacking.slice(0, mostLines).map((line): Line => [`  ${line}`]),
    ...(more > 0 ? [[`  and ${counted(more, "more line")}`]] : []),
    ["Write it again with --out in place of --check."],
  ];
}
