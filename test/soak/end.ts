import type { StopReason } from "../../src/apply/event.ts";
import type { RunEvent } from "../../src/commands/event.ts";
import type { Time } from "./time.ts";

/** The end of a run from outside, as `cli/shutdown.ts` has it: reading is broken off, writing is not. */
export type End = {
  readonly stop: (by: StopReason) => void;
  readonly reason: () => StopReason | undefined;
  readonly signal: AbortSignal;
  /** What is left of the run, or of the grace for reverting. */
  readonly left: () => number;
};

const longestRunMs = 600_000;
const graceMs = 30_000;

/** The end of a run that tells these events. */
export function createEnd(time: Time, events: readonly RunEvent[]): End {
  const controller = new AbortController();
  let reason: StopReason | undefined;
  let end = time.now() + longestRunMs;
  const stop = (by: StopReason) => {
    if (reason !== undefined) return;
    reason = by;
    end = time.now() + graceMs;
    if (!events.some(({ kind }) => kind === "apply_started")) controller.abort();
  };
  const left = () => {
    if (time.now() >= end) stop("timeout");
    return Math.max(0, end - time.now());
  };
  return {
    stop,
    reason: () => {
      left();
      return reason;
    },
    signal: controller.signal,
    left,
  };
}
