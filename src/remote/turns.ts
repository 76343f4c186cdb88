import { createFetch } from "ofetch";
import { type AttemptOptions, attemptCall } from "./attempt.ts";
import { type Call, named } from "./call.ts";
import type { Attempt } from "./judge-answer.ts";
import { createLimiter } from "./limiter.ts";
import type { Fetch } from "./node-fetch.ts";
import type { Patience } from "./patience.ts";
import { createPause } from "./pause.ts";
import type { Trouble } from "./trouble.ts";

/** What attempts need, and the pace of the run. */
export type TurnOptions = AttemptOptions & {
  /** Most requests under way at once. */
  readonly parallelism: number;
  /** What is left of the run, in milliseconds. */
  readonly timeLeft: () => number;
  readonly fetch: Fetch;
};

/** One attempt, and how long to wait for the next one; undefined when there is to be none. */
export type Turn = { readonly result: Attempt; readonly waitMs: number | undefined };

/** Sends a call once when it is its turn; undefined when the run ended before that. */
export type TakeTurn = (
  call: Call,
  attempt: number,
  patience: Patience,
) => Promise<Turn | undefined>;

/**
 * The turns of all calls of a run: first come, first served, at the pace that the server can take. A rate
 * limit halves it, once for all answers of the same burst, and a wait that one call was asked for holds for
 * every call.
 */
export function createTurns(options: TurnOptions): TakeTurn {
  const { clock, observe, signal } = options;
  const send = createFetch({ fetch: options.fetch as typeof fetch, Headers, AbortController });
  const limiter = createLimiter(options.parallelism, signal);
  const pause = createPause(options);
  let bursts = 0;

  const slowDown = (trouble: Trouble, burst: number, waitMs: number | undefined) => {
    if (isForAll(trouble) && waitMs !== undefined) pause.extend(waitMs);
    if (trouble.error !== "limited" || burst !== bursts) return;
    bursts += 1;
    observe({ kind: "slowed", limit: limiter.slowDown() });
  };

  const speedUp = () => {
    const limit = limiter.recover();
    if (limit !== undefined) observe({ kind: "recovered", limit });
  };

  return (call, attempt, patience) =>
    limiter.run(async () => {
      const tellWait = (waitMs: number) =>
        observe({ kind: "waiting", ...named(call), waitMs, reason: "rate_limit" });
      if (!(await pause.passed(tellWait, call.signal))) return undefined;
      const [burst, start] = [bursts, clock.now()];
      const result = await attemptCall(call, attempt, options, send);
      if (result.kind === "answer") {
        speedUp();
        return { result, waitMs: undefined };
      }
      const waitMs = patience(result, clock.now() - start);
      // Before the next call gets its turn: it has to find the pause.
      slowDown(result, burst, waitMs);
      return { result, waitMs };
    });
}

/** Whether the server asked all calls to wait, not only the one it told. */
export function isForAll({ error, retryAfter }: Trouble): boolean {
  return error === "limited" || retryAfter !== undefined;
}
