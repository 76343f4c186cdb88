/** Lets a bounded number of requests go at once; the bound follows what the server can take. */
export type Limiter = {
  readonly run: <Result>(act: () => Promise<Result>) => Promise<Result>;
  /** The server asked to slow down: half as many from now on. Gives the new bound. */
  readonly slowDown: () => number;
  /** A request went well: after enough of them, one more at once. Gives the bound when it grew. */
  readonly recover: () => number | undefined;
};

/**
 * First come, first served, from `ceiling` requests at once down to one. When the run ends, all who wait get
 * their turn at once, to find out that it has ended.
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
