import type { Call } from "./call.ts";
import { type CallFailure, notDoneYet, outcomeUnknown } from "./call-failure.ts";
import { isTooLarge } from "./response-body.ts";
import type { MaskText } from "./server-reason.ts";

/** What a network error means for its call. */
export function classifyNetworkError(call: Call, error: unknown, mask: MaskText): CallFailure {
  const reasons = causes(error);
  const last = reasons.at(-1);
  const reason = isPlainHttp(last) ? noTls : mask(last?.message ?? "") || "the connection failed";
  if (reasons.some(isTooLarge)) return { ...outcomeUnknown(call, { reason }), mayRepeat: false };
  return reasons.some(isNoConnection)
    ? notDoneYet("unavailable", { reason })
    : outcomeUnknown(call, { reason });
}

const noTls = "the server does not use TLS on this port; check the server's address";

/** Whether a server answered a TLS handshake with something else, such as plain HTTP. OpenSSL's own text is for experts. */
function isPlainHttp(error: Error | undefined): boolean {
  return error?.message.includes("wrong version number") ?? false;
}

/**
 * Whether the connection was never made, so that nothing can have been sent. A reset of a kept connection does not
 * count: the request may have reached the server before the reset.
 */
function isNoConnection(error: Error): boolean {
  return "syscall" in error && (error.syscall === "connect" || error.syscall === "getaddrinfo");
}

/** An error and its causes. If several addresses were tried, the first one represents all. */
function causes(error: unknown): readonly Error[] {
  const found: Error[] = [];
  for (let cause = error; cause instanceof Error && found.length < 8; ) {
    found.push(cause);
    cause = cause instanceof AggregateError ? cause.errors[0] : cause.cause;
  }
  return found;
}
