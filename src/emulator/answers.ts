import { HTTPException } from "hono/http-exception";
import type { Json } from "./json.ts";

/** One validation error, with the message of the framework behind the API (pydantic). */
export type Detail = {
  readonly type: string;
  readonly loc: readonly (string | number)[];
  readonly msg: string;
  readonly input?: Json;
  readonly ctx?: { readonly [name: string]: Json };
};

/** A JSON answer. */
export function answerJson(body: unknown, status = 200): Response {
  return new Response(JSON.stringify(body), {
    status,
    headers: { "content-type": "application/json" },
  });
}

/** The answer to a delete: 204 without a body. */
export function answerNothing(): Response {
  return new Response(null, { status: 204 });
}

/** An error to throw: a refusal with a message, in the shape seen for everything but validation (code 3000). */
export function refusal(
  status: 400 | 404 | 405 | 409 | 422 | 500,
  message: string,
  code = 3000,
): HTTPException {
  const body = { object: "Error", message, type: "invalid_request_error", code };
  return new HTTPException(status, { res: answerJson(body, status) });
}

/** An error to throw: 404 for an agent, version, alias, library … that does not exist. */
export function notFound(message: string): HTTPException {
  return refusal(404, message);
}

/** An error to throw: 422 with its details, in the shape seen on agents and conversations (code 3001). */
export function unprocessable(detail: readonly Detail[]): HTTPException {
  const body = {
    object: "Error",
    detail,
    message: detail,
    type: "invalid_request_error",
    code: 3001,
  };
  return new HTTPException(422, { res: answerJson(body, 422) });
}

/** The answer to too many requests, in the most frequent shape, without a time to retry. */
export function tooManyRequests(): Response {
  return answerJson(
    {
      object: "error",
      message: "Rate limit exceeded",
      type: "rate_limited",
      param: null,
      code: "1300",
      raw_status_code: 429,
    },
    429,
  );
}
