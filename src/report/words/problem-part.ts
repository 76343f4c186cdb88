import type { Problem } from "../../config/problem.ts";
import { listed } from "../safe/truncate.ts";
import type { ErrorPart } from "./error-words.ts";
import { type Line, styled } from "./line.ts";
import { positionText } from "./position.ts";
import { problemText } from "./problem.ts";

/** A problem of a file as people read it: what, where, the line, what was expected, what to do. */
export function problemPart(problem: Problem): ErrorPart {
  const { message, expected, hint } = problemText(problem);
  return {
    mark: "error",
    code: problem.code,
    head: [styled("strong", message)],
    ...(!isMainFileMissing(problem) && {
      place: positionText(problem.at) + inEnvironments(problem),
    }),
    quote: excerptLines(problem),
    next: [
      ...(expected === undefined ? [] : [`expected ${expected}`]),
      ...(hint === undefined ? [] : [hint]),
    ],
  };
}

/** A missing agents.yaml has no line that could be shown; the message names the file. */
function isMainFileMissing(problem: Problem): boolean {
  return problem.code === "file_unavailable" && problem.isMain;
}

function inEnvironments({ environments = [] }: Problem): string {
  if (environments.length === 0) return "";
  return ` in environment${environments.length === 1 ? "" : "s"} ${listed(environments)}`;
}

/** The line, with a caret under the column. A tab counts as one column, as in the position. */
function excerptLines({ at, sourceLine }: Problem): readonly Line[] {
  if (sourceLine === undefined || sourceLine.trim() === "") return [];
  const number = String(at.line);
  const shown = sourceLine.replaceAll("\t", " ");
  const margin = " ".repeat(number.length);
  return [
    [styled("faint", `${number} | `), shown],
    [styled("faint", `${margin} | `), " ".repeat(at.column - 1), styled("error", "^")],
  ];
}
