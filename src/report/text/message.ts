import type { RunEvent } from "../../commands/event.ts";
import { type Line, type Span, styled } from "../words/line.ts";

/** What an event says, and where it belongs: the result of the run, how it is going, or an error. */
export type Message =
  | { readonly as: "result" | "progress"; readonly lines: readonly Line[] }
  | (Failure & { readonly as: "error" })
  /** Errors that are lists of their own: refusals, problems of a file. */
  | { readonly as: "errors"; readonly lines: readonly Line[] };

/** What went wrong. Formats put their own marks in front of it: nothing here has to be taken off again. */
export type Failure = {
  /** The code under which docs/problems.md explains it; undefined for a step of an apply, whose words say it all. */
  readonly code: RunEvent["kind"] | undefined;
  /** What stands before a step in text. */
  readonly mark?: Span;
  /** What happened, to what: names stand out. */
  readonly head: Line;
  /** Why, and what to do. */
  readonly more: readonly Line[];
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
    code,
    head: [styled("strong", message)],
    more: more.map((line): Line => [line]),
  },
];

/** A message as the text report prints it. */
export function linesOf(message: Message): readonly Line[] {
  if (message.as !== "error") return message.lines;
  const { code, mark, head, more } = message;
  const lead: Line =
    code === undefined
      ? mark === undefined
        ? []
        : [mark, " "]
      : [styled("error", "error"), styled("faint", `[${code}]`), ": "];
  return [[...lead, ...head], ...more.map((line): Line => ["  ", ...line])];
}
