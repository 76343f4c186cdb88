/** Shorter timers are pauses; longer ones are there to end a request, or a run, that takes too long. */
const longestPauseMs = 20_000;

/** The limit of a run is longer than this, unless a flag says so. */
const longestLimitMs = 60_000;

const script = `
  const { Date: Real, setTimeout: start, clearTimeout: clear } = globalThis;
  let now = Real.now();
  const limits = new Map();
  globalThis.Date = class extends Real {
    constructor(...given) {
      super(...(given.length > 0 ? given : [now]));
    }
    static now() {
      return now;
    }
  };
  globalThis.setTimeout = (act, ms = 0, ...rest) => {
    if (ms > ${longestPauseMs}) {
      const limit = start(() => {}, 2 ** 31 - 1);
      if (ms <= ${longestLimitMs}) limits.set(limit, act);
      return limit;
    }
    const due = now + ms;
    return start(() => {
      now = Math.max(now, due);
      act(...rest);
    }, 1);
  };
  globalThis.clearTimeout = (timer) => {
    limits.delete(timer);
    clear(timer);
  };
  process.on("SIGUSR2", () => {
    for (const [limit, act] of [...limits]) {
      globalThis.clearTimeout(limit);
      act();
    }
  });`;

/**
 * Variables with which time passes for a command only while it pauses: a pause is over at once, and the clock has moved
 * on by as much. What would end a request ends it at a SIGUSR2, and not before; the same goes for a run with
 * `--timeout 30s`. So nothing that is tested depends on how busy the machine is, and no test waits.
 */
export const idleTime: Readonly<Record<string, string>> = {
  NODE_OPTIONS: `--import data:text/javascript,${encodeURIComponent(script)}`,
};
