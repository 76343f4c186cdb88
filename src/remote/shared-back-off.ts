import type { Clock } from "../agent/ports.ts";

/** A wait that the server asked for and that all calls of a run share. */
export type SharedBackOff = {
  /** Nothing new is sent for the next `ms`. */
  readonly extend: (ms: number) => void;
  /**
   * Resolves when the back-off is over, at once when there is none; with false when the run ended, or was asked
   * to, or the call was given up before that. Tells how long the wait will be, if there is one.
   */
  readonly passed: (tellWait: (ms: number) => void, ended?: AbortSignal) => Promise<boolean>;
};

/** The time of the run. */
export type SharedBackOffOptions = {
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** What is left of the run, in milliseconds: less all of a sudden once it was asked to stop. */
  readonly timeLeft: () => number;
};

/** How often a waiting call looks up whether the run still has the time, in milliseconds. */
const glanceMs = 1_000;

/** Starts without a back-off. */
export function createSharedBackOff({
  clock,
  signal,
  timeLeft,
}: SharedBackOffOptions): SharedBackOff {
  let end = 0;
  const left = () => end - clock.now();
  return {
    extend: (ms) => {
      end = Math.max(end, clock.now() + ms);
    },
    passed: async (tellWait, ended) => {
      const signals = ended === undefined ? [signal] : [signal, ended];
      const isOver = () => signals.some(({ aborted }) => aborted);
      // A call that comes when the back-off outlasts the run is one that puts things back: better tried than not.
      if (left() <= 0 || left() > timeLeft()) return !isOver();
      tellWait(left());
      while (left() > 0) {
        // Not the run's own signal: Node warns of more than ten listeners on one.
        await clock.sleep(Math.min(left(), glanceMs), AbortSignal.any(signals));
        if (isOver() || left() > timeLeft()) return false;
      }
      return true;
    },
  };
}
