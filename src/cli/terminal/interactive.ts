import type { Invocation } from "../args/invocation.ts";
import { formatOf } from "../args/output-format.ts";
import { isTerminal } from "../is-terminal.ts";
import { isJob } from "./is-job.ts";

/**
 * Whether a person sits at a terminal that can be drawn on. Otherwise all is told in steady lines: in a pipe or a
 * job, where a plain terminal is asked for, as screen readers need it, and beside a log of requests.
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
