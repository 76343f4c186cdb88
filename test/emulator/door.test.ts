import { request } from "node:http";
import { text } from "node:stream/consumers";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type Listening, listen } from "../../src/emulator/listen.ts";
import { callEmulator } from "./caller.ts";

let server: Listening;
let seen: number;
beforeEach(async () => {
  const { emulator } = callEmulator();
  seen = 0;
  emulator.onRequest(() => {
    seen += 1;
  });
  server = await listen(emulator, { port: 0 });
});
afterEach(() => server.close());

type Sent = { readonly status: number | undefined; readonly body: string };

/** Sends a request with exactly these headers. */
function send(
  headers: Readonly<Record<string, string>>,
  { method = "GET", chunks = [] as readonly Buffer[] } = {},
): Promise<Sent> {
  return new Promise((resolve, reject) => {
    const call = request({
      port: server.port,
      host: "127.0.0.1",
      path: "/v1/agents",
      method,
      agent: false,
      headers: { authorization: "Bearer k", ...headers },
    });
    call.on("response", (answer) => {
      text(answer).then((body) => resolve({ status: answer.statusCode, body }), reject);
    });
    // A server that refuses a body may close the connection while the body is still being sent, also after its answer.
    call.on("error", (error) => reject(error));
    call.on("socket", (socket) => socket.on("error", () => {}));
    for (const chunk of chunks) call.write(chunk);
    call.end();
  });
}

describe("hosts and origins", () => {
  test.each([
    "localhost",
    "LOCALHOST",
    "localhost:8787",
    "127.0.0.1",
    "127.9.8.7:80",
    "[::1]",
    "[::1]:8787",
  ])("accepts Host %s", async (host) => expect((await send({ host })).status).toBe(200));

  test.each([
    "evil.example",
    "evil.example:8787",
    "localhost.evil.example",
    "127.0.0.1.evil.example",
    "evil.example#localhost",
    "x@localhost",
    "192.168.0.1",
    "0.0.0.0",
    "[::]",
  ])("refuses Host %j and does nothing", async (host) => {
    const { status, body } = await send({ host });
    expect([400, 403]).toContain(status);
    if (status === 403) expect(JSON.parse(body).detail).toContain("http://127.0.0.1");
    expect(seen).toBe(0);
  });

  test.each([
    ["http://localhost:3000", 200],
    ["https://127.0.0.1", 200],
    ["http://evil.example", 403],
    ["http://localhost.evil.example", 403],
    ["file://localhost", 403],
    ["null", 403],
  ])("Origin %s: %i", async (origin, status) => {
    expect((await send({ origin })).status).toBe(status);
    expect(seen).toBe(status === 200 ? 1 : 0);
  });
});

describe("a body over the size limit", () => {
  test("is refused by its declared length, without being read", async () => {
    const { status } = await send(
      { "content-length": String(2 ** 40) },
      { method: "POST", chunks: [Buffer.from("{")] },
    ).catch(() => ({ status: 413 }));
    expect(status).toBe(413);
    expect(seen).toBe(0);
  });

  test("is refused while it is read", async () => {
    const chunk = Buffer.alloc(8 * 1024 * 1024, 32);
    const sent = send(
      { "transfer-encoding": "chunked" },
      { method: "POST", chunks: Array(10).fill(chunk) },
    );
    const { status } = await sent.catch(() => ({ status: 413 }));
    expect(status).toBe(413);
    expect(seen).toBe(0);
  });

  test("a large prompt is accepted", async () => {
    const body = JSON.stringify({
      name: "x",
      model: "m",
      instructions: "y".repeat(10 * 1024 * 1024),
    });
    const { status } = await send(
      { "content-type": "application/json" },
      { method: "POST", chunks: [Buffer.from(body)] },
    );
    expect(status).toBe(200);
  });
});

test("an emulator on another address accepts other host names", async () => {
  await server.close();
  server = await listen(callEmulator().emulator, { port: 0, host: "0.0.0.0" });
  expect((await send({ host: "emulator:8787" })).status).toBe(200);
});
