import type { CallFailure } from "./call-failure.ts";

/** Most attempts of one call if the server does not say how long to wait. */
export const mostAttempts = 4;

/** Longest time for all attempts of one call if the server does not say how long to wait, in milliseconds. */
export const longestCallMs = 10_000;

const firstPauseMs = 250;
const longestPauseMs = 4_000;

/** After a failed attempt that took `ms`: the wait before the next one, or undefined to give up. */
export type RetryPolicy = (failure: CallFailure, ms: number) => number | undefined;

/**
 * The retry policy of one call. A rate limit that names a time is awaited as long as the run lasts; every other failure
 * ends the call after a few attempts or seconds.
 */
export function createRetryPolicy(random: () => number, timeLeft: () => number): RetryPolicy {
  let tries = 0;
  let spent = 0;
  return ({ error, retryAfter }, ms) => {
    if (error === "limited" && retryAfter !== undefined) {
      return retryAfter <= timeLeft() ? retryAfter : undefined;
    }
    tries += 1;
    const waitMs = retryAfter ?? backOffMs(tries, random());
    spent += ms + waitMs;
    return tries < mostAttempts && spent <= longestCallMs ? waitMs : undefined;
  };
}

/**
 * The wait before the next attempt: exponential with full jitter, so that clients that failed together do not retry
 * together. `attempt` counts from 1, `chance` is in [0, 1).
 */
export function backOffMs(attempt: number, chance: number): number {
  return Math.ceil(chance * Math.min(longestPauseMs, firstPauseMs * 2 ** (attempt - 1)));
}
