import type { RunEvent } from "../../commands/event.ts";
import { type Line, styled } from "../words/line.ts";

/** Where words about an event belong: the result of the run, an error, or how it is going. */
export type Message = {
  readonly as: "result" | "error" | "progress";
  readonly lines: readonly Line[];
};

/** The product of a run. */
export const result = (lines: readonly Line[]): readonly Message[] => [{ as: "result", lines }];
/** How a run is going. */
export const progress = (lines: readonly Line[]): readonly Message[] => [{ as: "progress", lines }];
/** An error of which docs/problems.md has a section under its code, which is the kind of its event. */
export const error = (
  code: RunEvent["kind"],
  message: string,
  ...more: readonly string[]
): readonly Message[] => [
  {
    as: "error",
    lines: [
      [styled("error", "error"), styled("faint", `[${code}]`), ": ", styled("strong", message)],
      ...more.map((line): Line => ["  ", line]),
    ],
  },
];
