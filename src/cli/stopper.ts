import type { StopReason } from "../apply/event.ts";

/** How long putting back may take once a run was asked to stop, in milliseconds. */
const graceMs = 30_000;

/** The end of a run from outside: signals and the run's time-out, and what each part of it is told. */
export type Stopper = {
  /** Why the run should end; undefined while it may go on. */
  readonly reason: () => StopReason | undefined;
  /** Aborts reading; never a run that has begun to write, which ends by itself and puts back. */
  readonly signal: AbortSignal;
  /** Aborts when the run should end, whatever it is doing. */
  readonly ended: AbortSignal;
  /** What is left of the run's time, or of the grace after a stop, in milliseconds. */
  readonly left: () => number;
  /** From here on a stop is graceful. */
  readonly writing: () => void;
  /** Runs something that waits for a person: that time does not count. */
  readonly untimed: <Result>(act: () => Promise<Result>) => Promise<Result>;
  readonly close: () => void;
};

/** Ends a run that was asked to stop before it wrote anything. */
export class Interrupted extends Error {}

/**
 * Listens for SIGINT and SIGTERM and for the end of the run's time, if it has one. The first one asks for a graceful end;
 * a second signal leaves at once.
 */
export function listenForStop(timeoutMs: number | undefined): Stopper {
  const controller = new AbortController();
  const ended = new AbortController();
  let reason: StopReason | undefined;
  let isWriting = false;
  let end = Date.now() + (timeoutMs ?? Number.POSITIVE_INFINITY);
  const stop = (by: StopReason) => {
    if (reason !== undefined) return;
    reason = by;
    end = Date.now() + graceMs;
    ended.abort();
    if (!isWriting) controller.abort();
  };
  const onSignal = (by: "SIGINT" | "SIGTERM") => {
    if (reason === "SIGINT" || reason === "SIGTERM") process.exit(by === "SIGINT" ? 130 : 143);
    if (reason === "timeout") reason = undefined;
    stop(by);
  };
  const onInterrupt = () => onSignal("SIGINT");
  const onTerminate = () => onSignal("SIGTERM");
  process.on("SIGINT", onInterrupt);
  process.on("SIGTERM", onTerminate);
  const startTimer = (ms: number) =>
    Number.isFinite(ms) ? setTimeout(() => stop("timeout"), ms).unref() : undefined;
  let timer = startTimer(end - Date.now());
  return {
    reason: () => reason,
    signal: controller.signal,
    ended: ended.signal,
    left: () => Math.max(0, end - Date.now()),
    writing: () => {
      isWriting = true;
    },
    untimed: async (act) => {
      const left = Math.max(0, end - Date.now());
      clearTimeout(timer);
      const result = await act();
      if (reason === undefined) {
        end = Date.now() + left;
        timer = startTimer(left);
      }
      return result;
    },
    close: () => {
      clearTimeout(timer);
      process.off("SIGINT", onInterrupt);
      process.off("SIGTERM", onTerminate);
    },
  };
}
