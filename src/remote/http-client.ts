import type { Json } from "../agent/json.ts";
import { apiErrorOf } from "./api-error-of.ts";
import { interruption } from "./attempt.ts";
import { type Call, named } from "./call.ts";
import { type CallFailure, notDone } from "./call-failure.ts";
import type { AttemptResult } from "./classify-response.ts";
import { createRetryPolicy } from "./retry-policy.ts";
import { createScheduler, isForAll, type SchedulerOptions } from "./scheduler.ts";

/** What the scheduler needs, and a source of random numbers. */
export type HttpClientOptions = SchedulerOptions & {
  /** In [0, 1), for jitter. */
  readonly random: () => number;
};

/** Sends a call, as often as its retry policy allows. Gives the JSON of the answer; undefined if the body is empty. */
export type HttpClient = (call: Call) => Promise<Json | undefined>;

/** Makes the one function that sends every request. It rejects only with an `ApiError`. */
export function createHttpClient(options: HttpClientOptions): HttpClient {
  const { apiKey, clock, observe, random, signal, timeLeft } = options;
  const schedule = createScheduler(options);

  const errorOf = (call: Call, failure: CallFailure, attempts: number) =>
    apiErrorOf(call, failure, attempts);

  const backOff = async (call: Call, failure: CallFailure, waitMs: number) => {
    // If all calls have to wait, the scheduler waits before the next attempt.
    if (isForAll(failure)) return;
    observe({ kind: "waiting", ...named(call), waitMs, reason: "retry" });
    // Not the run's own signal: Node warns about more than ten listeners on one signal.
    await clock.sleep(waitMs, AbortSignal.any(call.signal ? [signal, call.signal] : [signal]));
  };

  return async (call) => {
    if (!isUsable(apiKey)) throw errorOf(call, unusableKey, 0);
    const retryPolicy = createRetryPolicy(random, timeLeft);
    let last: CallFailure = interruption;
    for (let attempt = 1; ; attempt += 1) {
      const scheduled = await schedule(call, attempt, retryPolicy);
      if (scheduled === undefined) {
        const isOver = signal.aborted || call.signal?.aborted;
        throw errorOf(call, isOver ? interruption : last, attempt - 1);
      }
      const result = afterEarlierAttempts(call, last, scheduled.result);
      if (result.kind === "answer") return result.json;
      if (!result.mayRepeat || scheduled.waitMs === undefined) throw errorOf(call, result, attempt);
      await backOff(call, result, scheduled.waitMs);
      last = result;
    }
  };
}

/**
 * The result of an attempt in the light of earlier ones. If the answer to a delete was lost and the next attempt gets
 * "not found", the first one deleted it.
 */
function afterEarlierAttempts(call: Call, last: CallFailure, result: AttemptResult): AttemptResult {
  if (result.kind === "answer" || !last.mayBeDone) return result;
  const isGone = call.method === "DELETE" && result.error === "missing";
  return isGone ? { kind: "answer", json: undefined } : { ...result, mayBeDone: true };
}

/** Checked here, because Node's error for an invalid header contains its value: the key. */
function isUsable(apiKey: string): boolean {
  return /^[\x21-\x7e]+$/.test(apiKey);
}

const unusableKey = notDone("forbidden", {
  reason: "the API key contains a character that is not allowed, such as a space or a line break",
});
