import { isTooLarge } from "./answer-body.ts";
import type { Call } from "./call.ts";
import type { MaskText } from "./server-reason.ts";
import { doubt, postponement, type Trouble } from "./trouble.ts";

/** What it means for a call that the network failed under it. */
export function lostAnswer(call: Call, error: unknown, mask: MaskText): Trouble {
  const reasons = causes(error);
  const reason = mask(reasons.at(-1)?.message ?? "") || "the connection failed";
  if (reasons.some(isTooLarge)) return { ...doubt(call, { reason }), mayRepeat: false };
  return reasons.some(isNoConnection)
    ? postponement("unavailable", { reason })
    : doubt(call, { reason });
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
