import type { SessionEvent } from "../../commands/session-event.ts";
import type { EventRows } from "../event-row.ts";
import { failureCode, stopCode } from "../exit-code.ts";
import { plain } from "../plain-json.ts";
import { apiFailureHint, apiFailureText } from "../words/api-failure.ts";
import { plainError } from "../words/error-words.ts";

/** What every run may end with. */
export const sessionRows = {
  usage_error: {
    exit: 64,
    error: ({ problem, hint }) => ({ ...plainError(problem, { hint }, hint), saysAll: true }),
  },
  machine_error: {
    exit: failureCode,
    error: ({ what, reason }) => plainError(`${what}: ${reason}`, {}),
  },
  file_protected: {
    exit: 3,
    error: ({ what, why }) =>
      plainError(`${what} ${why}`, {}, "Nothing was written. Choose another file."),
  },
  output_failed: {
    exit: ({ product }) => (product === "output" ? 1 : 0),
    error: ({ reason, product }) =>
      plainError(
        `the output could not be written: ${reason}`,
        { reason },
        product === "output"
          ? "Write it to another place, or free disk space, and run the command again."
          : "Only the output is incomplete; the run went on without it.",
      ),
  },
  report_unwritten: {
    exit: 0,
    error: ({ path, reason }) =>
      plainError(
        reason,
        { path },
        "The exit code still says how the run ended. This output is the only report of it.",
      ),
  },
  interrupted: {
    exit: ({ by }) => (by === "timeout" ? 1 : stopCode[by]),
    error: ({ by }) => ({
      ...plainError(
        by === "timeout" ? "the run timed out" : "interrupted",
        { by },
        "Nothing was written.",
      ),
      saysAll: true,
    }),
  },
  read_failed: {
    exit: failureCode,
    error: ({ failure }) =>
      plainError(apiFailureText(failure), plain(failure), apiFailureHint(failure.kind)),
  },
  crashed: {
    exit: failureCode,
    error: ({ message, stack }) => {
      const error = plainError(
        `this is a bug in agentvane: ${message}`,
        { stack },
        "Please report it with these lines.",
      );
      const quote = stack.split("\n").map((line) => [line]);
      return { ...error, parts: [{ ...error.parts[0], quote }], saysAll: true };
    },
  },
} satisfies EventRows<SessionEvent>;
