import type { Invocation } from "../args/invocation.ts";
import { formatOf } from "../args/output-format.ts";
import { isTerminal } from "../is-terminal.ts";
import { isJob } from "./is-job.ts";

/**
 * Whether live displays are possible: a user at a terminal that can redraw. Otherwise output is plain lines: in a pipe
 * or a CI job, in a simple terminal as screen readers need it, and with a log of requests.
 */
export function isInteractive(invocation: Invocation): boolean {
  const { env } = process;
  return (
    [0, 1, 2].every(isTerminal) &&
    !isJob() &&
    (env.AGENTVANE_PLAIN ?? "") === "" &&
    env.TERM !== "dumb" &&
    !invocation.has("debug") &&
    !invocation.has("quiet") &&
    formatOf(invocation) === "text"
  );
}
