import type { StopReason } from "../apply/event.ts";
import { stopCode } from "../report/exit-code.ts";
import { isHangupIgnored } from "./hangup.ts";

/** How long a revert may take after a run was asked to stop, in milliseconds. */
const graceMs = 30_000;

/**
 * One Ctrl-C may arrive twice: from the terminal, and from npm, which passes it on. The same signal within this time
 * counts once; milliseconds.
 */
const echoMs = 300;

/** The end of a run from outside: signals and the time-out, as each part of the run sees it. */
export type Shutdown = {
  /** Why the run should end; undefined if it should not. */
  readonly reason: () => StopReason | undefined;
  /** Aborts reads. A run that has begun to write is not aborted: it ends by itself and reverts. */
  readonly signal: AbortSignal;
  /** Aborts when the run should end, whatever it is doing. */
  readonly ended: AbortSignal;
  /** The rest of the run's time, or of the grace period after a stop, in milliseconds. */
  readonly left: () => number;
  /** From now on a stop is graceful. */
  readonly writing: () => void;
  /** Runs `act`, which waits for the user; that time does not count. */
  readonly untimed: <Result>(act: () => Promise<Result>) => Promise<Result>;
  /**
   * The run is over and only waits until its output is read. A signal from now on ends it at once, with this code, or
   * as interrupted if it is undefined.
   */
  readonly finish: (code: number | undefined) => void;
};

/** Ends a run that was asked to stop before it wrote anything. */
export class Interrupted extends Error {}

/** A signal that asks for the end: Ctrl-C, a cancelled job, a closed terminal. */
type StopSignal = Exclude<StopReason, "timeout">;

const signals = Object.keys({
  SIGINT: true,
  SIGTERM: true,
  SIGHUP: true,
} satisfies Record<StopSignal, true>) as StopSignal[];

/**
 * Listens for signals and for the time-out, if any. The first signal asks for a graceful end; a second one exits at
 * once, except SIGHUP, because a closing terminal sends several. A run that was started to survive its terminal ignores
 * SIGHUP.
 */
export function listenForStop(timeoutMs: number | undefined): Shutdown {
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
  let finished: { readonly code: number | undefined } | undefined;
  let asked: { readonly by: StopSignal; readonly at: number } | undefined;
  const isEcho = (by: StopSignal) =>
    asked !== undefined &&
    (by === "SIGHUP" || (by === asked.by && performance.now() - asked.at < echoMs));
  const onSignal = (by: StopSignal) => {
    if (isEcho(by)) return;
    if (finished !== undefined) process.exit(finished.code ?? stopCode[by]);
    if (asked !== undefined) process.exit(stopCode[by]);
    asked = { by, at: performance.now() };
    reason = undefined;
    stop(by);
  };
  for (const signal of signals) {
    const isDeaf = signal === "SIGHUP" && isHangupIgnored();
    process.on(signal, () => {
      if (!isDeaf) onSignal(signal);
    });
  }
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
    finish: (code) => {
      clearTimeout(timer);
      finished = { code };
    },
  };
}
