import type { RunEvent } from "../../commands/event.ts";
import { counted } from "../safe/truncate.ts";
import { type Line, styled } from "../words/line.ts";

/** Most missing lines that are shown. */
const mostLines = 8;

/** Whether a file is up to date, and the lines that it lacks. */
export function outputCheckText({
  path,
  holds,
  lacking,
}: Extract<RunEvent, { kind: "output_compared" }>): readonly Line[] {
  if (holds) return [[styled("success", "Up to date:"), ` ${path}`]];
  const more = lacking.length - mostLines;
  return [
    [styled("warning", "Out of date:"), ` ${path}. It lacks:`],
    ...lacking.slice(0, mostLines).map((line): Line => [`  ${line}`]),
    ...(more > 0 ? [[`  and ${counted(more, "more line")}`]] : []),
    ["Update it with --out instead of --check."],
  ];
}
