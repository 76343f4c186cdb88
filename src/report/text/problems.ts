import type { Problem } from "../../config/problem.ts";
import { counted, listed } from "../safe/truncate.ts";
import { type Line, styled } from "../words/line.ts";
import { problemText } from "../words/problem.ts";
import { positionText } from "../words/refusal.ts";

/** The problems of a configuration, each with its place and the line it is about. */
export function problemLines(problems: readonly Problem[]): readonly Line[] {
  return [
    ...problems.flatMap((problem) => [...oneProblem(problem), []]),
    [styled("error", `${counted(problems.length, "problem")}.`), " Nothing was sent anywhere."],
  ];
}

function oneProblem(problem: Problem): readonly Line[] {
  const { message, expected, hint } = problemText(problem);
  return [
    [
      styled("error", "error"),
      styled("faint", `[${problem.code}]`),
      ": ",
      styled("strong", message),
    ],
    ["  ", styled("faint", positionText(problem.at) + inEnvironments(problem))],
    ...excerptLines(problem),
    ...(expected === undefined ? [] : [["  expected ", expected]]),
    ...(hint === undefined ? [] : [["  ", hint]]),
  ];
}

function inEnvironments({ environments = [] }: Problem): string {
  if (environments.length === 0) return "";
  return ` in environment${environments.length === 1 ? "" : "s"} ${listed(environments)}`;
}

/** The line itself, with a caret under the column. Tabs count as one column, as they do in the position. */
export function excerptLines({ at, sourceLine }: Problem): readonly Line[] {
  if (sourceLine === undefined || sourceLine.trim() === "") return [];
  const number = String(at.line);
  const shown = sourceLine.replaceAll("\t", " ");
  const margin = " ".repeat(number.length);
  return [
    ["  ", styled("faint", `${number} | `), shown],
    ["  ", styled("faint", `${margin} | `), " ".repeat(at.column - 1), styled("error", "^")],
  ];
}
