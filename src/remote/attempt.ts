import type { $Fetch, FetchOptions } from "ofetch";
import type { Clock } from "../agent/ports.ts";
import type { createAttemptAborts } from "./attempt-abort.ts";
import { type Call, named } from "./call.ts";
import { notDone, outcomeUnknown } from "./call-failure.ts";
import { classifyNetworkError } from "./classify-network-error.ts";
import { type AttemptResult, classifyResponse, requestIdOf } from "./classify-response.ts";
import type { RequestNote } from "./request-note.ts";
import type { MaskText } from "./server-reason.ts";

/** The server, the key and the timeout of attempts. */
export type AttemptOptions = {
  readonly serverUrl: string;
  readonly apiKey: string;
  readonly userAgent: string;
  readonly clock: Clock;
  /** Includes the body. */
  readonly requestTimeoutMs: number;
  readonly observe: (note: RequestNote) => void;
  /** Masks secrets in texts of the server and the network. */
  readonly mask: MaskText;
};

/** How an attempt is sent, and what may abort it: the end of the run aborts reads, but not writes that were sent. */
export type AttemptTransport = {
  readonly send: $Fetch;
  readonly createAbort: ReturnType<typeof createAttemptAborts>;
};

/** The failure of calls that the end of the run interrupts. */
export const interruption = notDone("unavailable", { reason: "interrupted" });

/** Sends a call once and gives its result. Never rejects because of the server or the network. */
export async function attemptCall(
  call: Call,
  attempt: number,
  options: AttemptOptions,
  { send, createAbort }: AttemptTransport,
): Promise<AttemptResult> {
  const { clock, mask, observe, serverUrl } = options;
  const timeoutMs = call.timeoutMs ?? options.requestTimeoutMs;
  const start = clock.now();
  if (call.signal?.aborted) return interruption;
  const abort = createAbort({
    timeoutMs,
    endsWithRun: call.method === "GET",
    signal: call.signal,
  });
  observe({ kind: "sent", ...named(call), attempt });
  try {
    const { signal } = abort;
    const response = await send.raw(serverUrl + call.path, { ...requestOf(call, options), signal });
    const { status, headers } = response;
    const ms = clock.now() - start;
    const header = (name: string) => maskedIfAny(headers.get(name) ?? undefined, mask);
    const requestId = maskedIfAny(requestIdOf(headers), mask);
    const date = header("date");
    const deprecation = header("deprecation");
    const sunset = header("sunset");
    const announced = { deprecation, sunset };
    observe({
      kind: "answered",
      ...named(call),
      attempt,
      status,
      ms,
      requestId,
      date,
      ...announced,
    });
    return classifyResponse(
      call,
      { status, headers, text: response._data ?? "" },
      clock.now(),
      mask,
    );
  } catch (error) {
    switch (abort.cause()) {
      case "cancelled":
        return interruption;
      case "timed_out":
        return outcomeUnknown(call, { reason: `no answer within ${timeoutMs / 1000} s` });
      case undefined:
        return classifyNetworkError(call, error, mask);
    }
  } finally {
    abort.close();
  }
}

function maskedIfAny(text: string | undefined, mask: MaskText): string | undefined {
  return text && mask(text);
}

const contentType: [string, string] = ["content-type", "application/json"];

/** We serialize the body ourselves: ofetch would inspect it to guess its type. */
function requestOf(call: Call, { apiKey, userAgent }: AttemptOptions): FetchOptions<"text"> {
  return {
    method: call.method,
    headers: [
      call.keyIn === undefined ? ["authorization", `Bearer ${apiKey}`] : [call.keyIn, apiKey],
      ["accept", "application/json"],
      ["user-agent", userAgent],
      ...(call.body === undefined ? [] : [contentType]),
    ],
    ...(call.body !== undefined && { body: JSON.stringify(call.body) }),
    responseType: "text",
    retry: false,
    redirect: "manual",
    ignoreResponseError: true,
  };
}
