/** Ends an attempt before its answer: its own time runs out, or the caller cancels it. */
export type AttemptAbort = {
  readonly signal: AbortSignal;
  /** Why the signal aborted; undefined before that. */
  readonly cause: () => "timed_out" | "cancelled" | undefined;
  /** Call this when the attempt is over: nothing aborts it after that. */
  readonly close: () => void;
};

/** What may abort an attempt. */
export type AbortCauses = {
  readonly timeoutMs: number;
  /** Whether the end of the run cancels the attempt. */
  readonly endsWithRun: boolean;
  /** The caller's own signal to cancel the call. */
  readonly signal: AbortSignal | undefined;
};

/**
 * Gives each attempt of a run its own controller. The run's signal gets one listener, however many attempts are in
 * flight; Node warns about more than ten.
 */
export function createAttemptAborts(runEnded: AbortSignal): (causes: AbortCauses) => AttemptAbort {
  const open = new Set<() => void>();
  const cancelAll = () => {
    for (const cancel of [...open]) cancel();
  };
  runEnded.addEventListener("abort", cancelAll, { once: true });
  return ({ timeoutMs, endsWithRun, signal }) => {
    const controller = new AbortController();
    let cause: ReturnType<AttemptAbort["cause"]>;
    const cancel = () => {
      cause = "cancelled";
      controller.abort();
    };
    const timer = setTimeout(() => {
      cause ??= "timed_out";
      controller.abort();
    }, timeoutMs);
    if (endsWithRun) open.add(cancel);
    signal?.addEventListener("abort", cancel, { once: true });
    if (signal?.aborted || (endsWithRun && runEnded.aborted)) cancel();
    return {
      signal: controller.signal,
      cause: () => cause,
      close: () => {
        clearTimeout(timer);
        open.delete(cancel);
        signal?.removeEventListener("abort", cancel);
      },
    };
  };
}
