import { counted } from "../safe/truncate.ts";
import { type Line, styled } from "../words/line.ts";
import { spinnerAt } from "./spinner.ts";

/** The progress of a read: how many requests were answered, and after how many milliseconds. */
export function fetchingText(answered: number, ms: number): Line {
  return [
    styled("strong", `${spinnerAt(ms)} Reading the server`),
    styled("faint", `  ${counted(answered, "answer")}  ${(ms / 1000).toFixed(0)} s`),
  ];
}
