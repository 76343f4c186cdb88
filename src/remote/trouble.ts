import type { ApiErrorKind } from "../agent/api-error.ts";
import type { Call } from "./call.ts";

/** What is known of a failed attempt: the server's words, or the network's. */
export type Told = {
  readonly reason: string;
  readonly status?: number;
  readonly requestId?: string;
};

/** An attempt that did not succeed, and what may be done about it. */
export type Trouble = Told & {
  readonly kind: "trouble";
  readonly error: ApiErrorKind;
  /** Sending the call again is safe, and may help. */
  readonly mayRepeat: boolean;
  /** The server may have carried the call out all the same. */
  readonly mayBeDone: boolean;
  /** The wait that the server asked for, in milliseconds. */
  readonly retryAfter: number | undefined;
};

/** The call was not carried out, and would not be if it were sent again. */
export function refusal(error: ApiErrorKind, told: Told): Trouble {
  const [mayRepeat, mayBeDone, retryAfter] = [false, false, undefined];
  return { kind: "trouble", error, mayRepeat, mayBeDone, retryAfter, ...told };
}

/** The call was not carried out and may be sent again, whatever it does. */
export function postponement(
  error: "limited" | "unavailable",
  told: Told,
  retryAfter?: number,
): Trouble {
  return { ...refusal(error, told), mayRepeat: true, retryAfter };
}

/** Nobody knows whether the call was carried out: one that may not be done twice ends here. */
export function doubt(call: Call, told: Told, retryAfter?: number): Trouble {
  const error = call.isRepeatable ? "unavailable" : "unknown_outcome";
  const mayRepeat = call.isRepeatable;
  return { ...refusal(error, told), mayRepeat, mayBeDone: true, retryAfter };
}
