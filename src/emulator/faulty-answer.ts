import { answerJson, tooManyRequests } from "./answers.ts";
import { writeCursor } from "./cursor.ts";
import type { Fault } from "./faults.ts";
import { isList, isObject, type Json, type JsonObject, parseJson } from "./json.ts";

/** What a fault may do with a request that it applies to. */
export type Struck = {
  /** Path and query. */
  readonly path: string;
  /** Carries out the request, with these fields of the body replaced. */
  readonly commit: (altered?: JsonObject) => Promise<Response>;
  /** Carries out the request after this many further requests. */
  readonly commitLater: (requests: number) => void;
};

/** Answers a request with a fault. A lost connection rejects as `fetch` does; a hang never settles. */
export async function answerWithFault(fault: Fault, struck: Struck): Promise<Response> {
  if ("status" in fault) {
    if (fault.after_commit) await struck.commit();
    return statusAnswer(fault);
  }
  switch (fault.effect) {
    case "lose_answer":
      await struck.commit();
      throw connectionLost();
    case "lose_request":
      throw connectionLost();
    case "hang":
      return forever();
    case "hang_after_commit":
      await struck.commit();
      return forever();
    case "late_commit":
      struck.commitLater(fault.after);
      throw connectionLost();
    case "cut_body":
      return rewritten(await struck.commit(), (text) => text.slice(0, Math.floor(text.length / 2)));
    case "repeat_cursor":
      return rewritten(await struck.commit(), (text) => repeatCursor(text, struck.path));
    case "cut_page":
      return rewritten(await struck.commit(), cutPage);
    case "not_json":
      return new Response("<!doctype html><title>Please wait</title>", {
        headers: { "content-type": "text/html" },
      });
    case "alter":
      return struck.commit(fault.set);
  }
}

/** Statuses for which HTTP forbids a body. */
const bodiless = new Set([204, 205, 304]);

type StatusFault = Extract<Fault, { readonly status: number }>;

function statusAnswer({ status, retry_after, body }: StatusFault): Response {
  const answer = answerOf(status, body);
  if (retry_after !== undefined) answer.headers.set("retry-after", retry_after);
  return answer;
}

function answerOf(status: number, body: Json | undefined): Response {
  if (bodiless.has(status)) return new Response(null, { status });
  if (typeof body === "string") {
    return new Response(body, { status, headers: { "content-type": "text/plain" } });
  }
  if (status === 429 && body === undefined) return tooManyRequests();
  return answerJson(body ?? usualBody(status), status);
}

/** Even a 500 and a 503 were seen with the type of a bad request and code 3000. */
function usualBody(status: number): Json {
  return {
    object: "Error",
    message: `Emulated fault: status ${status}`,
    type: "invalid_request_error",
    code: 3000,
  };
}

function repeatCursor(text: string, path: string): string {
  const page = parseJson(text);
  if (!isObject(page) || !("next_page_token" in page)) return text;
  const sent = new URL(path, "http://emulator").searchParams.get("page_token");
  // A first page is requested without a token: its own token is then the one of the beginning.
  return JSON.stringify({ ...page, next_page_token: sent ?? writeCursor(undefined) });
}

function cutPage(text: string): string {
  const page = parseJson(text);
  if (isList(page)) return JSON.stringify(page.slice(0, -1));
  if (!isObject(page) || !isList(page.data)) return text;
  const { next_page_token: _lost, ...rest } = page;
  return JSON.stringify({ ...rest, data: page.data.slice(0, -1) });
}

async function rewritten(answer: Response, change: (text: string) => string): Promise<Response> {
  const { status, headers } = answer;
  const text = await answer.text();
  return new Response(text === "" ? null : change(text), { status, headers });
}

function connectionLost(): TypeError {
  return new TypeError("fetch failed");
}

function forever(): Promise<never> {
  return new Promise(() => {});
}
