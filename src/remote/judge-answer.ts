import { isDeeperThan, type Json } from "../agent/json.ts";
import { deepestAnswer } from "./answer-body.ts";
import type { Call } from "./call.ts";
import { retryAfterMs } from "./retry-after.ts";
import { type MaskText, serverReason } from "./server-reason.ts";
import { doubt, postponement, refusal, type Told, type Trouble } from "./trouble.ts";
import { isWebPage, webPageReason } from "./web-page.ts";

/** What came back, its body whole. */
export type Answer = {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
};

/** What came of one attempt; `json` is undefined where the body was empty. */
export type Attempt = { readonly kind: "answer"; readonly json: Json | undefined } | Trouble;

/**
 * What an answer means for its call. Branches on the status alone: the codes inside bodies contradict each
 * other. `now` is for a Retry-After that is a date.
 */
export function judgeAnswer(call: Call, answer: Answer, now: number, mask: MaskText): Attempt {
  const { status, headers } = answer;
  if (status >= 200 && status < 300) return decode(call, answer, mask);
  const told = toldBy(answer, mask);
  if (status === 429) {
    // An allowance of no requests at all does not come back by waiting.
    if (headers.get("x-ratelimit-limit-req-minute") === "0") return refusal("limited", told);
    return postponement("limited", told, retryAfterMs(headers, now));
  }
  // With 408 the server gave up on a request that may have reached it.
  if (status >= 500 || status === 408) return doubt(call, told, retryAfterMs(headers, now));
  if (status === 404) return refusal("missing", told);
  if (status === 401 || status === 403) return refusal("forbidden", told);
  return refusal("refused", told);
}

/** The id by which the server's operators find a request. */
export function requestIdOf(headers: Headers): string | undefined {
  return headers.get("x-request-id") ?? headers.get("x-kong-request-id") ?? undefined;
}

function decode(call: Call, answer: Answer, mask: MaskText): Attempt {
  const { headers, text } = answer;
  if (text === "") return { kind: "answer", json: undefined };
  if (isWebPage(headers, text)) return { ...doubt(call, toldBy(answer, mask)), mayRepeat: false };
  let json: Json;
  try {
    json = JSON.parse(text) as Json;
  } catch {
    return doubt(call, { ...toldBy(answer, mask), reason: "the answer is not valid JSON" });
  }
  if (!isDeeperThan(json, deepestAnswer)) return { kind: "answer", json };
  const reason = `the answer is nested more than ${deepestAnswer} levels deep; check the server's address`;
  return { ...doubt(call, { ...toldBy(answer, mask), reason }), mayRepeat: false };
}

function toldBy({ status, headers, text }: Answer, mask: MaskText): Told {
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

/** Where a redirect points, without what its query may hold. */
function placeOf(location: string, mask: MaskText): string {
  const url = URL.canParse(location) ? new URL(location) : undefined;
  return serverReason(
    url === undefined ? location.replace(/[?#].*/s, "") : url.origin + url.pathname,
    mask,
  );
}
