import type { ApiErrorKind } from "../agent/api-error.ts";
import type { Call } from "./call.ts";

/** What is known of a failed attempt: the server's words, or the network's. */
export type FailureFacts = {
  readonly reason: string;
  readonly status?: number;
  readonly requestId?: string;
};

/** An attempt that did not succeed, and what may be done about it. */
export type CallFailure = FailureFacts & {
  readonly kind: "failure";
  readonly error: ApiErrorKind;
  /** Sending the call again is safe, and may help. */
  readonly mayRepeat: boolean;
  /** The server may have carried the call out all the same. */
  readonly mayBeDone: boolean;
  /** The wait that the server asked for, in milliseconds. */
  readonly retryAfter: number | undefined;
};

/** The call was not carried out, and would not be if it were sent again. */
export function notDone(error: ApiErrorKind, facts: FailureFacts): CallFailure {
  const [mayRepeat, mayBeDone, retryAfter] = [false, false, undefined];
  return { kind: "failure", error, mayRepeat, mayBeDone, retryAfter, ...facts };
}

/** The call was not carried out and may be sent again, whatever it does. */
export function notDoneYet(
  error: "limited" | "unavailable",
  facts: FailureFacts,
  retryAfter?: number,
): CallFailure {
  return { ...notDone(error, facts), mayRepeat: true, retryAfter };
}

/** Nobody knows whether the call was carried out: one that may not be done twice ends here. */
export function outcomeUnknown(call: Call, facts: FailureFacts, retryAfter?: number): CallFailure {
  const error = call.isRepeatable ? "unavailable" : "unknown_outcome";
  const mayRepeat = call.isRepeatable;
  return { ...notDone(error, facts), mayRepeat, mayBeDone: true, retryAfter };
}
