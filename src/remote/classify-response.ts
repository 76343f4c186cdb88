import { isDeeperThan, type Json } from "../agent/json.ts";
import type { Call } from "./call.ts";
import {
  type CallFailure,
  type FailureFacts,
  notDone,
  notDoneYet,
  outcomeUnknown,
} from "./call-failure.ts";
import type { ResponseHeaders } from "./fetch.ts";
import { deepestResponse } from "./response-body.ts";
import { retryAfterMs } from "./retry-after.ts";
import { type MaskText, serverReason } from "./server-reason.ts";

/** A response with its whole body. */
export type RawResponse = {
  readonly status: number;
  readonly headers: ResponseHeaders;
  readonly text: string;
};

/** The result of one attempt; `json` is undefined if the body was empty. */
export type AttemptResult =
  | { readonly kind: "answer"; readonly json: Json | undefined }
  | CallFailure;

/**
 * What a response means for its call. Only the status counts, because the codes inside bodies contradict each other.
 * `now` is for a Retry-After that is a date.
 */
export function classifyResponse(
  call: Call,
  answer: RawResponse,
  now: number,
  mask: MaskText,
): AttemptResult {
  const { status, headers } = answer;
  if (status >= 200 && status < 300) return decode(call, answer, mask);
  const facts = factsOf(answer, mask);
  if (status === 429) {
    // A limit of zero requests does not recover by waiting.
    if (headers.get("x-ratelimit-limit-req-minute") === "0") return notDone("limited", facts);
    return notDoneYet("limited", facts, retryAfterMs(headers, now));
  }
  // With 408 the server gave up on a request that may have reached it.
  if (status >= 500 || status === 408)
    return outcomeUnknown(call, facts, retryAfterMs(headers, now));
  if (status === 404) return notDone("missing", facts);
  if (status === 401 || status === 403) return notDone("forbidden", facts);
  return notDone("refused", facts);
}

/** The id that helps the server's operators find a request. */
export function requestIdOf(headers: ResponseHeaders): string | undefined {
  return headers.get("x-request-id") ?? headers.get("x-kong-request-id") ?? undefined;
}

function decode(call: Call, answer: RawResponse, mask: MaskText): AttemptResult {
  const { headers, text } = answer;
  if (text === "") return { kind: "answer", json: undefined };
  if (isWebPage(headers, text))
    return { ...outcomeUnknown(call, factsOf(answer, mask)), mayRepeat: false };
  let json: Json;
  try {
    json = JSON.parse(text) as Json;
  } catch {
    return outcomeUnknown(call, {
      ...factsOf(answer, mask),
      reason: "the answer is not valid JSON",
    });
  }
  if (!isDeeperThan(json, deepestResponse)) return { kind: "answer", json };
  const reason = `the answer has more than ${deepestResponse} levels; check the server's address`;
  return { ...outcomeUnknown(call, { ...factsOf(answer, mask), reason }), mayRepeat: false };
}

function factsOf({ status, headers, text }: RawResponse, mask: MaskText): FailureFacts {
  const requestId = requestIdOf(headers);
  const location = status >= 300 && status < 400 ? headers.get("location") : null;
  return {
    status,
    ...(requestId !== undefined && { requestId: mask(requestId) }),
    reason:
      location !== null
        ? `redirected to ${placeOf(location, mask)}; check the server's address`
        : isWebPage(headers, text)
          ? webPageReason
          : serverReason(text, mask),
  };
}

/** The target of a redirect, without its query, which may hold secrets. */
function placeOf(location: string, mask: MaskText): string {
  const url = URL.canParse(location) ? new URL(location) : undefined;
  return serverReason(
    url === undefined ? location.replace(/[?#].*/s, "") : url.origin + url.pathname,
    mask,
  );
}

/** For an answer that is a web page: a captive portal, a gateway, or the wrong address. */
const webPageReason =
  "the server answered with a web page instead of JSON; check the server's address";

/** Whether an answer is HTML, by its content type or its first characters. */
function isWebPage(headers: ResponseHeaders, text: string): boolean {
  const type = headers.get("content-type") ?? "";
  return type.includes("html") || /^\s*<(!doctype|html)\b/i.test(text);
}
