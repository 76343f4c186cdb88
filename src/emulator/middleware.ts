import { answerJson, tooManyRequests } from "./answers.ts";
import type { ArmedFaults } from "./armed-faults.ts";
import type { Behaviour } from "./behaviour.ts";
import type { EmulatedCall } from "./call.ts";
import { answerWithFault } from "./faulty-answer.ts";
import type { JsonObject } from "./json.ts";
import type { Postponed } from "./postponed.ts";
import { createRateLimit } from "./rate-limit.ts";
import type { Instant } from "./stamps.ts";

/** Handles a request before the API. */
export type Middleware = (call: EmulatedCall) => Promise<Response>;

/**
 * Lets requests with any key through, within the rate limit, and applies faults. Without a key the answer is 401 on
 * every path.
 */
export function createMiddleware(to: {
  readonly commit: (call: EmulatedCall, altered?: JsonObject) => Promise<Response>;
  readonly behaviour: () => Behaviour;
  readonly faults: ArmedFaults;
  readonly postponed: Postponed;
  readonly now: () => Instant;
}): Middleware {
  const admits = createRateLimit(() => to.now().getTime());
  return async (call) => {
    if (!hasKey(call)) return answerJson({ detail: "Unauthorized" }, 401);
    if (!admits(to.behaviour().requests_per_second)) return notBeforeASecond(tooManyRequests());
    const fault = to.faults.strike(call);
    if (fault === undefined) return to.commit(call);
    return answerWithFault(fault, {
      path: call.path,
      commit: (altered) => to.commit(call, altered),
      commitLater: (requests) => to.postponed.add(() => to.commit(call), requests),
    });
  };
}

/** GET /v1/users/me documents a header of its own for the key. */
function hasKey({ path, request }: EmulatedCall): boolean {
  const key = request.headers.get("authorization") ?? "";
  return /^bearer +\S/i.test(key) || (path === "/v1/users/me" && request.headers.has("x-api-key"));
}

function notBeforeASecond(answer: Response): Response {
  answer.headers.set("retry-after", "1");
  return answer;
}
