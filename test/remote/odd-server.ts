import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { inspect } from "node:util";
import { expect } from "vitest";
import { ApiError, type ApiFailure } from "../../src/agent/api-error.ts";
import type { Clock } from "../../src/agent/ports.ts";
import { type Connection, connect, type RemoteOptions } from "../../src/remote/remote.ts";
import type { RequestNote } from "../../src/remote/request-note.ts";

/** How one request is answered; the last one of a list answers all that follow. */
export type Answer = (request: IncomingMessage, response: ServerResponse, body: string) => void;

/** A server that answers as told, and a connection to it whose clock passes only while it waits. */
export type OddServer = Connection & {
  readonly url: string;
  readonly requests: readonly string[];
  readonly bodies: readonly string[];
  /** When each request came, in milliseconds of the connection's clock. */
  readonly times: readonly number[];
  readonly sockets: () => number;
  readonly notes: readonly RequestNote[];
  readonly waits: () => readonly number[];
  /** The server goes away; the connection to it is still open. */
  readonly goDown: () => Promise<void>;
  readonly stop: () => Promise<void>;
};

export const testKey = "key-of-the-test";
export const testSecret = "hidden-in-body";

const midnight = Date.parse("2026-01-01T00:00:00Z");

export async function oddServer(
  answers: readonly Answer[],
  options: Partial<RemoteOptions> = {},
): Promise<OddServer> {
  const requests: string[] = [];
  const bodies: string[] = [];
  const times: number[] = [];
  const notes: RequestNote[] = [];
  let now = midnight;
  let sockets = 0;
  const server = createServer((request, response) => {
    const answer = answers[Math.min(requests.length, answers.length - 1)];
    requests.push(`${request.method} ${request.url}`);
    times.push(now - midnight);
    let body = "";
    request.setEncoding("utf8").on("data", (chunk: string) => {
      body += chunk;
    });
    request.on("end", () => {
      bodies.push(body);
      answer?.(request, response, body);
    });
  });
  server.on("connection", () => {
    sockets += 1;
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const clock: Clock = {
    now: () => now,
    sleep: async (ms) => {
      now += ms;
    },
  };
  const connection = await connect({
    serverUrl: url,
    apiKey: testKey,
    userAgent: "agentvane/test",
    clock,
    random: () => 0.999,
    parallelism: 8,
    requestTimeoutMs: 60_000,
    signal: new AbortController().signal,
    timeLeft: () => 600_000,
    proxyVariables: {},
    observe: (note) => notes.push(note),
    mask: (told) => told.replaceAll(testKey, "***"),
    ...options,
  });
  const goDown = () =>
    new Promise<void>((resolve) => {
      server.closeAllConnections();
      server.close(() => resolve());
    });
  return {
    ...connection,
    url,
    requests,
    bodies,
    times,
    sockets: () => sockets,
    notes,
    waits: () => notes.flatMap((note) => (note.kind === "waiting" ? [note.waitMs] : [])),
    goDown,
    stop: () => {
      connection.close();
      return goDown();
    },
  };
}

/** What a call that has to fail rejects with: an `ApiError`, in which nothing that was sent can be found. */
export async function failureOf(act: () => Promise<unknown>): Promise<ApiFailure> {
  const error = await act().then(
    () => new Error("it worked"),
    (reason: unknown) => reason,
  );
  if (!(error instanceof ApiError)) throw error;
  const everything = inspect(error, { showHidden: true, getters: true, depth: 9 });
  expect(everything).not.toContain(testKey);
  expect(everything).not.toContain(testSecret);
  return error.failure;
}

export function json(body: unknown, status = 200, headers: Record<string, string> = {}): Answer {
  return text(JSON.stringify(body), status, { "content-type": "application/json", ...headers });
}

export function text(body: string, status = 200, headers: Record<string, string> = {}): Answer {
  return (_request, response) => {
    response.writeHead(status, headers).end(body);
  };
}

/** The connection ends without an answer. */
export const reset: Answer = (request) => {
  request.socket.resetAndDestroy();
};

/** Half of an answer, then the end. */
export const cut: Answer = (request, response) => {
  response.writeHead(200, { "content-type": "application/json", "content-length": "100" });
  response.write('{"id": "ag_');
  setImmediate(() => request.socket.destroy());
};

/** No answer at all. */
export const silence: Answer = () => {};

/** Headers at once, the body never. */
export const stalled: Answer = (_request, response) => {
  response.writeHead(200, { "content-type": "application/json" });
  response.write("{");
};

export const agent = {
  id: "ag_1",
  name: "A",
  model: "m",
  version: 0,
  versions: [0],
  created_at: "2026-01-01T00:00:00.000000Z",
  updated_at: "2026-01-01T00:00:00.000002Z",
  instructions: null,
  tools: [],
  completion_args: {},
};
