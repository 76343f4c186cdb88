import type { ProblemPage } from "../../commands/problem-page.ts";
import { type Line, styled } from "../words/line.ts";

/** What a code means: an example of its words, and what to do. */
export function explanationText(code: string, { words, advice }: ProblemPage): readonly Line[] {
  return [
    [styled("strong", code)],
    [],
    ...words.map((line): Line => [styled("faint", `  ${line}`)]),
    ...(words.length > 0 ? [[]] : []),
    ...advice.split("\n").map((line): Line => [line]),
  ];
}
