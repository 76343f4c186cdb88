import type { Call } from "./call.ts";
import { type CallFailure, notDoneYet, outcomeUnknown } from "./call-failure.ts";
import { isTooLarge } from "./response-body.ts";
import type { MaskText } from "./server-reason.ts";

/** What it means for a call that the network failed under it. */
export function classifyNetworkError(call: Call, error: unknown, mask: MaskText): CallFailure {
  const reasons = causes(error);
  const reason = mask(reasons.at(-1)?.message ?? "") || "the connection failed";
  if (reasons.some(isTooLarge)) return { ...outcomeUnknown(call, { reason }), mayRepeat: false };
  return reasons.some(isNoConnection)
    ? notDoneYet("unavailable", { reason })
    : outcomeUnknown(call, { reason });
}

/**
 * Whether a connection was never made, so that nothing can have been sent. A connection that was kept and
 * is reset does not count: the request may have reached the server before.
 */
function isNoConnection(error: Error): boolean {
  return "syscall" in error && (error.syscall === "connect" || error.syscall === "getaddrinfo");
}

/** An error and what lies under it. Of several addresses that were tried, the first one speaks for all. */
function causes(error: unknown): readonly Error[] {
  const found: Error[] = [];
  for (let cause = error; cause instanceof Error && found.length < 8; ) {
    found.push(cause);
    cause = cause instanceof AggregateError ? cause.errors[0] : cause.cause;
  }
  return found;
}
