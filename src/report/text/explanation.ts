import type { ProblemPage } from "../../commands/problem-page.ts";
import { type Line, styled } from "../words/line.ts";

/** The explanation of a code: an example of the message, and what to do. */
export function explanationText(code: string, { words, advice }: ProblemPage): readonly Line[] {
  return [
    [styled("strong", code)],
    [],
    ...words.map((line): Line => [styled("faint", `  ${line}`)]),
    ...(words.length > 0 ? [[]] : []),
    ...advice.split("\n").map((line): Line => [line]),
  ];
}
