import type { RunEvent } from "../../commands/event.ts";
import { apiFailureHint, apiFailureText } from "../words/failure.ts";
import { type Line, styled } from "../words/line.ts";
import { error, type Message, progress, result } from "./message.ts";

/** The events that any run may end with or wait for: its command line, this machine, the network. */
type RunKind =
  | "read_failed"
  | "interrupted"
  | "api_deprecated"
  | "waiting"
  | "usage_error"
  | "machine_error"
  | "output_failed"
  | "pins_unwritten"
  | "data_busy"
  | "file_protected"
  | "report_unwritten"
  | "crashed"
  | "file_written"
  | "file_missing"
  | "file_exists";

type Wordings = {
  readonly [Kind in RunKind]: (event: Extract<RunEvent, { kind: Kind }>) => readonly Message[];
};

/** What is said about a run, whatever its command. */
export const runText: Wordings = {
  read_failed: ({ failure }) =>
    error("read_failed", apiFailureText(failure), apiFailureHint(failure.kind)),
  interrupted: ({ by }) =>
    error(
      "interrupted",
      by === "timeout" ? "the run took too long" : "interrupted",
      "Nothing was written.",
    ),
  api_deprecated: ({ method, path, since, ends }) =>
    progress([
      [
        styled(
          "warning",
          `! the server announces that ${method} ${path} is deprecated${since === undefined ? "" : ` since ${since}`}${ends === undefined ? "" : ` and ends on ${ends}`}; look for a newer agentvane`,
        ),
      ],
    ]),
  waiting: ({ method, path, ms, reason }) =>
    reason === "retry"
      ? []
      : progress([
          [styled("faint", `waiting ${(ms / 1000).toFixed(1)} s: rate limit at ${method} ${path}`)],
        ]),
  usage_error: ({ problem, hint }) => error("usage_error", problem, hint),
  machine_error: ({ what, reason }) => error("machine_error", `${what}: ${reason}`),
  output_failed: ({ reason, product }) =>
    error(
      "output_failed",
      `the output could not be written: ${reason}`,
      product === "output"
        ? "Write it somewhere else, or make room, and run the command again."
        : "Only the output is incomplete; the run went on without it.",
    ),
  pins_unwritten: ({ path, reason }) =>
    error(
      "pins_unwritten",
      `the aliases moved, but the pins in ${path} could not be written: ${reason}`,
      "Write the pins that are printed above into the file, or the next apply moves the aliases on.",
    ),
  data_busy: ({ path }) =>
    progress([[styled("faint", `waiting for another run that is writing ${path} …`)]]),
  file_protected: ({ what, why }) =>
    error("file_protected", `${what} ${why}`, "Nothing was written. Choose another file."),
  report_unwritten: ({ reason }) =>
    error(
      "report_unwritten",
      reason,
      "The exit code still says how the run ended. This output is the only report of it.",
    ),
  crashed: ({ stack }) => [
    {
      as: "errors",
      lines: [
        [styled("error", "This is a bug in agentvane."), " Please report it with these lines:"],
        ...stack.split("\n").map((line): Line => [line]),
      ],
    },
  ],
  file_written: ({ path }) => result([["wrote ", path]]),
  file_missing: ({ path }) =>
    error("file_missing", `${path} does not exist`, "Check the path, or write the file first."),
  file_exists: ({ path }) => error("file_exists", `${path} exists already and is left as it is`),
};
