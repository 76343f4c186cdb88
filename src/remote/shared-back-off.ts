import type { Clock } from "../agent/ports.ts";

/** A wait that the server asked for and that all calls of a run share. */
export type SharedBackOff = {
  /** No call is sent during the next `ms`. */
  readonly extend: (ms: number) => void;
  /**
   * Resolves with true when the back-off is over, at once if there is none. Resolves with false if the run ended or was
   * asked to stop, or the call was cancelled, before that. Reports the length of the wait, if any, with `tellWait`.
   */
  readonly passed: (tellWait: (ms: number) => void, ended?: AbortSignal) => Promise<boolean>;
};

/** The clock and the remaining time of the run. */
export type SharedBackOffOptions = {
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** The rest of the run's time, in milliseconds. It shrinks suddenly when the run is asked to stop. */
  readonly timeLeft: () => number;
};

/** How often a waiting call checks whether the run still has the time, in milliseconds. */
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
      // A call that arrives when the back-off outlasts the run belongs to a revert: trying it is better than giving up.
      if (left() <= 0 || left() > timeLeft()) return !isOver();
      tellWait(left());
      while (left() > 0) {
        // Not the run's own signal: Node warns about more than ten listeners on one signal.
        await clock.sleep(Math.min(left(), glanceMs), AbortSignal.any(signals));
        if (isOver() || left() > timeLeft()) return false;
      }
      return true;
    },
  };
}
