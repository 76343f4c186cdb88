import { isObject, type Json, parsedJson } from "../agent/json.ts";
import type { Clock } from "../agent/ports.ts";
import type { ForgeResult } from "./comments.ts";

export type ForgeRequest = {
  readonly method: "GET" | "POST" | "PATCH" | "PUT";
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | undefined;
};

export type ForgeAnswer = {
  readonly status: number;
  readonly text: string;
  /** A header; undefined if it is missing. */
  readonly header: (name: string) => string | undefined;
  /** The wait in `Retry-After`, in milliseconds. */
  readonly retryAfterMs: number | undefined;
};

/** Sends one request; rejects if there is no complete answer. */
export type Send = (request: ForgeRequest) => Promise<ForgeAnswer>;

/** The answer of a forge: its JSON, and whether the list continues. */
export type Answered = { readonly json: Json; readonly hasMore: boolean };

export type ForgeClient = (
  method: ForgeRequest["method"],
  path: string,
  body?: Json,
) => Promise<ForgeResult<Answered>>;

export type Forge = {
  /** The base URL of its API, without a slash at the end. */
  readonly api: string;
  readonly headers: Readonly<Record<string, string>>;
};

const mostAttempts = 4;
/** A job does not wait longer than this for a comment. */
const longestWaitMs = 60_000;
const firstPauseMs = 1_000;

/**
 * Calls a forge's API with retries. A rate-limited request is always retried; one that may have been carried out is
 * retried only if repeating it is harmless. Never rejects.
 */
export function createCall(forge: Forge, send: Send, clock: Clock): ForgeClient {
  return async (method, path, body) => {
    const request: ForgeRequest = {
      method,
      url: `${forge.api}${path}`,
      headers: { ...forge.headers, ...(body !== undefined && { "content-type": contentType }) },
      body: body === undefined ? undefined : JSON.stringify(body),
    };
    let patience = longestWaitMs;
    for (let attempt = 1; ; attempt += 1) {
      const { outcome, again, retryAfterMs } = judge(request, await attemptOf(send, request));
      const pause = retryAfterMs ?? firstPauseMs * 2 ** (attempt - 1);
      if (!again || attempt === mostAttempts || pause > patience) return outcome;
      patience -= pause;
      await clock.sleep(pause);
    }
  };
}

const contentType = "application/json; charset=utf-8";

type Judged = {
  readonly outcome: ForgeResult<Answered>;
  readonly again: boolean;
  readonly retryAfterMs?: number | undefined;
};

async function attemptOf(send: Send, request: ForgeRequest): Promise<ForgeAnswer | Error> {
  try {
    return await send(request);
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}

function judge({ method }: ForgeRequest, answer: ForgeAnswer | Error): Judged {
  const isSafeTwice = method !== "POST";
  if (answer instanceof Error) {
    return { outcome: { kind: "doubtful", reason: answer.message }, again: isSafeTwice };
  }
  const { status, retryAfterMs } = answer;
  if (isLimited(answer)) {
    return {
      outcome: { kind: "problem", problem: { kind: "limited" } },
      again: true,
      retryAfterMs,
    };
  }
  if (status >= 500) {
    const reason = `status ${status}`;
    return { outcome: { kind: "doubtful", reason }, again: isSafeTwice, retryAfterMs };
  }
  if (status >= 200 && status < 300) return { outcome: read(answer), again: false };
  return { outcome: refusal(answer), again: false };
}

/** GitHub also answers 403 to too many requests, and then says so in a header. */
function isLimited({ status, header, retryAfterMs }: ForgeAnswer): boolean {
  if (status === 429) return true;
  return status === 403 && (retryAfterMs !== undefined || header("x-ratelimit-remaining") === "0");
}

function read({ status, text, header }: ForgeAnswer): ForgeResult<Answered> {
  const json = parsedJson(text);
  if (json === undefined) {
    return { kind: "doubtful", reason: `status ${status}, but the answer is not JSON` };
  }
  const hasMore = (header("link") ?? "").split(",").some((link) => /;\s*rel="?next"?/.test(link));
  return { kind: "done", value: { json, hasMore } };
}

function refusal({ status, text }: ForgeAnswer): ForgeResult<Answered> {
  if (status === 404 || status === 410) return { kind: "gone" };
  if (status === 403) return { kind: "problem", problem: { kind: "forbidden", status } };
  const json = parsedJson(text);
  const message = isObject(json) ? json.message : undefined;
  const reason = typeof message === "string" ? message : "";
  return { kind: "problem", problem: { kind: "failed", status, reason } };
}
