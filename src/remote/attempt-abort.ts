/** The end of an attempt before its answer: its own time runs out, or whoever asked gives up. */
export type AttemptAbort = {
  readonly signal: AbortSignal;
  /** Why the signal aborted; undefined while it has not. */
  readonly cause: () => "timed_out" | "cancelled" | undefined;
  /** The attempt is over: nothing aborts it any more. */
  readonly close: () => void;
};

/** What may abort an attempt. */
export type AbortCauses = {
  readonly timeoutMs: number;
  /** The end of the run cancels it. */
  readonly endsWithRun: boolean;
  /** Whoever asked for the call may cancel it. */
  readonly signal: AbortSignal | undefined;
};

/**
 * Gives each attempt of a run one controller of its own. However many attempts are under way, the run's own signal has one
 * listener; Node warns of more than ten.
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
