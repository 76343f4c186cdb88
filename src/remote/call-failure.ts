import type { ApiErrorKind } from "../agent/api-error.ts";
import type { Call } from "./call.ts";

/** What is known about a failed attempt, in the words of the server or the network. */
export type FailureFacts = {
  readonly reason: string;
  readonly status?: number;
  readonly requestId?: string;
};

/** A failed attempt, and whether it may be retried. */
export type CallFailure = FailureFacts & {
  readonly kind: "failure";
  readonly error: ApiErrorKind;
  /** Sending the call again is safe and may help. */
  readonly mayRepeat: boolean;
  /** The server may have carried out the call. */
  readonly mayBeDone: boolean;
  /** The wait that the server asked for, in milliseconds. */
  readonly retryAfter: number | undefined;
};

/** The call was not carried out, and a retry would not help. */
export function notDone(error: ApiErrorKind, facts: FailureFacts): CallFailure {
  const [mayRepeat, mayBeDone, retryAfter] = [false, false, undefined];
  return { kind: "failure", error, mayRepeat, mayBeDone, retryAfter, ...facts };
}

/** The call was not carried out, so it may be sent again, whatever it does. */
export function notDoneYet(
  error: "limited" | "unavailable",
  facts: FailureFacts,
  retryAfter?: number,
): CallFailure {
  return { ...notDone(error, facts), mayRepeat: true, retryAfter };
}

/** The call may have been carried out, so it is retried only if it is repeatable. */
export function outcomeUnknown(call: Call, facts: FailureFacts, retryAfter?: number): CallFailure {
  const error = call.isRepeatable ? "unavailable" : "unknown_outcome";
  const mayRepeat = call.isRepeatable;
  return { ...notDone(error, facts), mayRepeat, mayBeDone: true, retryAfter };
}
