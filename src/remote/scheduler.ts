import { type AttemptOptions, attemptCall } from "./attempt.ts";
import { createAttemptAborts } from "./attempt-abort.ts";
import { type Call, named } from "./call.ts";
import type { CallFailure } from "./call-failure.ts";
import type { AttemptResult } from "./classify-response.ts";
import type { Fetch } from "./fetch.ts";
import { createLimiter } from "./limiter.ts";
import { createOfetch } from "./ofetch-client.ts";
import type { RetryPolicy } from "./retry-policy.ts";
import { createSharedBackOff } from "./shared-back-off.ts";

/** What attempts need, and the limits of the run. */
export type SchedulerOptions = AttemptOptions & {
  /** Most requests in flight at once. */
  readonly parallelism: number;
  /** The rest of the run's time, in milliseconds. */
  readonly timeLeft: () => number;
  /** The end of the run: ends reads and waits. */
  readonly signal: AbortSignal;
  readonly fetch: Fetch;
};

/** One attempt, and the wait before the next one; the wait is undefined if there is no next one. */
export type ScheduledAttempt = {
  readonly result: AttemptResult;
  readonly waitMs: number | undefined;
};

/** Sends a call once, when it is its turn; gives undefined if the run ended before that. */
export type Schedule = (
  call: Call,
  attempt: number,
  retryPolicy: RetryPolicy,
) => Promise<ScheduledAttempt | undefined>;

/**
 * Schedules all calls of a run: first come, first served, as fast as the server allows. A rate limit halves the number
 * of requests in flight, once for all answers of one burst. A wait that the server asks of all calls delays every call.
 */
export function createScheduler(options: SchedulerOptions): Schedule {
  const { clock, observe, signal } = options;
  const transport = {
    send: createOfetch(options.fetch),
    createAbort: createAttemptAborts(signal),
  };
  const limiter = createLimiter(options.parallelism, signal);
  const backOff = createSharedBackOff(options);
  let bursts = 0;

  const slowDown = (failure: CallFailure, burst: number, waitMs: number | undefined) => {
    if (isForAll(failure) && waitMs !== undefined) backOff.extend(waitMs);
    if (failure.error !== "limited" || burst !== bursts) return;
    bursts += 1;
    observe({ kind: "slowed", limit: limiter.slowDown() });
  };

  const speedUp = () => {
    const limit = limiter.recover();
    if (limit !== undefined) observe({ kind: "recovered", limit });
  };

  return (call, attempt, retryPolicy) =>
    limiter.run(async () => {
      const tellWait = (waitMs: number) =>
        observe({ kind: "waiting", ...named(call), waitMs, reason: "rate_limit" });
      if (!(await backOff.passed(tellWait, call.signal))) return undefined;
      const [burst, start] = [bursts, clock.now()];
      const result = await attemptCall(call, attempt, options, transport);
      if (result.kind === "answer") {
        speedUp();
        return { result, waitMs: undefined };
      }
      const waitMs = retryPolicy(result, clock.now() - start);
      // Before the next call gets its turn, so that it sees the back-off.
      slowDown(result, burst, waitMs);
      return { result, waitMs };
    });
}

/** Whether the server asked all calls to wait, not only this one. */
export function isForAll({ error, retryAfter }: CallFailure): boolean {
  return error === "limited" || retryAfter !== undefined;
}
