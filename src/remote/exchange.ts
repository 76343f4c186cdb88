import type { Json } from "../agent/json.ts";
import { apiErrorOf } from "./api-error-of.ts";
import { interruption } from "./attempt.ts";
import { type Call, named } from "./call.ts";
import type { Attempt } from "./judge-answer.ts";
import { createPatience } from "./patience.ts";
import { refusal, type Trouble } from "./trouble.ts";
import { createTurns, isForAll, type TurnOptions } from "./turns.ts";

/** What turns need, and chance. */
export type ExchangeOptions = TurnOptions & {
  /** In [0, 1), for jitter. */
  readonly random: () => number;
};

/** Sends a call, with all the patience it allows, and gives the JSON of the answer; undefined for none. */
export type Exchange = (call: Call) => Promise<Json | undefined>;

/** Makes the one function through which every request goes. Rejects with an `ApiError` and nothing else. */
export function createExchange(options: ExchangeOptions): Exchange {
  const { apiKey, clock, observe, random, signal, timeLeft } = options;
  const takeTurn = createTurns(options);

  const errorOf = (call: Call, trouble: Trouble, attempts: number) =>
    apiErrorOf(call, trouble, attempts);

  const backOff = async (call: Call, trouble: Trouble, waitMs: number) => {
    // A wait for all is part of the next turn.
    if (isForAll(trouble)) return;
    observe({ kind: "waiting", ...named(call), waitMs, reason: "retry" });
    // Not the run's own signal: Node warns of more than ten listeners on one.
    await clock.sleep(waitMs, AbortSignal.any(call.signal ? [signal, call.signal] : [signal]));
  };

  return async (call) => {
    if (!isUsable(apiKey)) throw errorOf(call, unusableKey, 0);
    const patience = createPatience(random, timeLeft);
    let last: Trouble = interruption;
    for (let attempt = 1; ; attempt += 1) {
      const turn = await takeTurn(call, attempt, patience);
      if (turn === undefined) {
        const isOver = signal.aborted || call.signal?.aborted;
        throw errorOf(call, isOver ? interruption : last, attempt - 1);
      }
      const result = afterAll(call, last, turn.result);
      if (result.kind === "answer") return result.json;
      if (!result.mayRepeat || turn.waitMs === undefined) throw errorOf(call, result, attempt);
      await backOff(call, result, turn.waitMs);
      last = result;
    }
  };
}

/**
 * What an attempt means after the ones before it. A removal that finds nothing, after one whose answer was
 * lost, is what that one did.
 */
function afterAll(call: Call, last: Trouble, result: Attempt): Attempt {
  if (result.kind === "answer" || !last.mayBeDone) return result;
  const isGone = call.method === "DELETE" && result.error === "missing";
  return isGone ? { kind: "answer", json: undefined } : { ...result, mayBeDone: true };
}

/** Header texts that Node refuses would come back in its error, key and all. */
function isUsable(apiKey: string): boolean {
  return /^[\x21-\x7e]+$/.test(apiKey);
}

const unusableKey = refusal("forbidden", {
  reason: "the API key holds something that no key can hold, such as a space or a line break",
});
