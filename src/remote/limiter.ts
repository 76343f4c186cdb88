/** Limits how many requests are in flight; the limit adapts to what the server can take. */
export type Limiter = {
  readonly run: <Result>(act: () => Promise<Result>) => Promise<Result>;
  /** Halves the limit, because the server asked to slow down. Gives the new limit. */
  readonly slowDown: () => number;
  /** Counts a successful request; after enough of them the limit grows by one. Gives the limit if it grew. */
  readonly recover: () => number | undefined;
};

/**
 * First come, first served, with a limit between `ceiling` and one. When the run ends, all waiting requests get their
 * turn at once and find out that it has ended.
 */
export function createLimiter(ceiling: number, signal: AbortSignal): Limiter {
  const waiting: (() => void)[] = [];
  let limit = ceiling;
  let running = 0;
  let successes = 0;
  const admit = () => {
    while (running < limit || signal.aborted) {
      const next = waiting.shift();
      if (next === undefined) return;
      running += 1;
      next();
    }
  };
  signal.addEventListener("abort", admit, { once: true });
  return {
    run: async (act) => {
      await new Promise<void>((resolve) => {
        waiting.push(resolve);
        admit();
      });
      try {
        return await act();
      } finally {
        running -= 1;
        admit();
      }
    },
    slowDown: () => {
      limit = Math.max(1, Math.floor(limit / 2));
      successes = 0;
      return limit;
    },
    recover: () => {
      successes += 1;
      if (limit === ceiling || successes < limit * 2) return undefined;
      successes = 0;
      limit += 1;
      admit();
      return limit;
    },
  };
}
