import {
  type ClientRequest,
  Agent as HttpAgent,
  request as httpRequest,
  type IncomingMessage,
} from "node:http";
import { Agent as HttpsAgent, request as httpsRequest } from "node:https";
import type { Fetch, FetchInit, FetchResponse, ResponseHeaders } from "./fetch.ts";
import { createResponseBody } from "./response-body.ts";

/**
 * A fetch over Node's own http module. On Node 20 it starts faster than the built-in fetch and uses half its processor
 * time and memory. It never follows redirects. It resolves when the body is complete, so that an abort covers the body
 * too.
 */
export function createNodeFetch(sockets: number): { readonly fetch: Fetch; close(): void } {
  const options = { keepAlive: true, maxSockets: sockets };
  const agents: { http?: HttpAgent; https?: HttpsAgent } = {};
  // Each protocol is loaded only when it is used.
  const startOf = (url: URL): Start => {
    if (url.protocol === "http:") {
      agents.http ??= new HttpAgent(options);
      return { request: httpRequest, agent: agents.http };
    }
    agents.https ??= new HttpsAgent(options);
    return { request: httpsRequest, agent: agents.https };
  };
  return {
    fetch: async (text, init) => {
      const url = new URL(text);
      return send(url, init, startOf(url));
    },
    close: () => {
      agents.http?.destroy();
      agents.https?.destroy();
    },
  };
}

type Start = { readonly request: typeof httpRequest; readonly agent: HttpAgent };

function send(
  url: URL,
  { method, headers, body, signal }: FetchInit,
  { request, agent }: Start,
): Promise<FetchResponse> {
  return new Promise((resolve, reject) => {
    const sent = request(url, {
      agent,
      ...(method !== undefined && { method }),
      ...(headers !== undefined && { headers }),
    });
    sent.on("error", reject);
    if (signal !== undefined) endWith(signal, sent);
    sent.on("response", (answer) => {
      if (!sent.writableFinished) closeAfter(answer);
      readWhole(answer)
        .then((body) => toResponse(answer, body))
        .then(resolve, reject);
    });
    sent.end(body);
  });
}

/** Replaces Node's own `signal` option, which costs as much as the rest of a small request. */
function endWith(signal: AbortSignal, sent: ClientRequest): void {
  const end = () => void sent.destroy(signal.reason);
  if (signal.aborted) end();
  else signal.addEventListener("abort", end, { once: true });
  sent.on("close", () => signal.removeEventListener("abort", end));
}

/**
 * Closes the connection after an answer that came before the whole request was sent, such as a gateway's "too large".
 * Node stops listening to the connection when such an answer ends, and an error of the rest of the request would then
 * end the process.
 */
function closeAfter(answer: IncomingMessage): void {
  const { socket } = answer;
  socket.on("error", () => {});
  answer.on("end", () => socket.destroy());
}

function readWhole(answer: IncomingMessage): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const body = createResponseBody();
    answer.on("data", (chunk: Buffer) => {
      try {
        body.add(chunk);
      } catch (error) {
        reject(error);
        answer.destroy();
      }
    });
    // `close` reports an early end, in better words than Node's "aborted".
    answer.on("error", () => {});
    answer.on("close", () => {
      if (answer.complete) resolve(body.whole());
      else reject(new Error("the connection ended in the middle of the answer"));
    });
  });
}

/** Throws if HTTP does not define the status. */
function toResponse(answer: IncomingMessage, body: Buffer): FetchResponse {
  const status = answer.statusCode ?? 0;
  if (status < 200 || status > 599) {
    throw new RangeError(`the answer has the status ${status}, which is not an HTTP status`);
  }
  const hasBody = ![204, 205, 304].includes(status);
  return {
    status,
    headers: headersOf(answer),
    body: hasBody ? body : null,
    text: async () => (hasBody ? new TextDecoder().decode(body) : ""),
  };
}

function headersOf({ headersDistinct }: IncomingMessage): ResponseHeaders {
  return { get: (name) => headersDistinct[name.toLowerCase()]?.join(", ") ?? null };
}
