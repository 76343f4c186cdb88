import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, test } from "vitest";
import { createNodeFetch } from "../../src/remote/node-fetch.ts";
import {
  type Answer,
  json,
  type OddServer,
  oddServer,
  reset,
  stalled,
  text,
} from "./odd-server.ts";

const network = createNodeFetch(2);
let server: OddServer;
afterEach(() => server.stop());

/** All of a JSON text, but less than was announced. */
const early: Answer = (request, response) => {
  response.writeHead(200, { "content-type": "application/json", "content-length": "100" });
  response.write("[]");
  setImmediate(() => request.socket.destroy());
};

describe("a fetch over node:http", () => {
  test("returns status, headers and the whole text", async () => {
    server = await oddServer([text("ü".repeat(100_000), 418, { "x-a": "1", "set-cookie": "b" })]);
    const response = await network.fetch(server.url, { method: "GET" });
    expect(response.status).toBe(418);
    expect(response.headers.get("x-a")).toBe("1");
    expect(await response.text()).toBe("ü".repeat(100_000));
  });

  test("behaves like a Response: headers in any letter case, repeated headers joined, no byte order mark", async () => {
    const several: Answer = (_request, response) => {
      response.writeHead(
        200,
        [
          ["X-A", "1"],
          ["x-a", "2"],
          ["Retry-After", "3"],
        ].flat(),
      );
      response.end("\ufeff{}");
    };
    server = await oddServer([several]);
    const { headers, text } = await network.fetch(server.url, { method: "GET" });
    expect(["x-a", "X-A", "retry-after", "x-b"].map(headers.get)).toEqual([
      "1, 2",
      "1, 2",
      "3",
      null,
    ]);
    expect(await text()).toBe("{}");
  });

  test("a request that is aborted before it is sent is not sent", async () => {
    server = await oddServer([json({})]);
    const signal = AbortSignal.abort();
    await expect(network.fetch(server.url, { method: "GET", signal })).rejects.toThrow();
    expect(server.requests).toEqual([]);
  });

  test.each(["close", "keep-alive"])(
    "an answer before the whole request was sent, then a reset: %s",
    async (connection) => {
      let answers = 0;
      const early = createServer((request, response) => {
        answers += 1;
        response.writeHead(413, { connection }).end("too large");
        response.on("finish", () => request.socket.destroySoon());
      });
      await once(early.listen(0, "127.0.0.1"), "listening");
      const url = `http://127.0.0.1:${(early.address() as AddressInfo).port}`;
      const body = "y".repeat(32 * 1024 * 1024);
      for (const _ of [1, 2, 3, 4, 5]) {
        const { status, text } = await network.fetch(url, { method: "POST", body });
        expect([status, await text()]).toEqual([413, "too large"]);
      }
      expect(answers).toBe(5);
      await new Promise((resolve) => early.close(resolve));
    },
  );

  test("reuses connections and keeps to their limit", async () => {
    server = await oddServer([json({})]);
    const call = () => network.fetch(server.url, { method: "GET" });
    await Promise.all([call(), call(), call(), call(), call(), call()]);
    await Promise.all([call(), call()]);
    expect(server.sockets()).toBe(2);
  });

  test.each<[string, Answer, RegExp]>([
    ["that ends too early, even if it looks whole", early, /ended in the middle of the answer/],
    ["that never comes", reset, /ECONNRESET|socket hang up/],
    ["with a status that HTTP does not know", text("", 700), /status/],
  ])("rejects for an answer %s", async (_name, answer, reason) => {
    server = await oddServer([answer]);
    await expect(network.fetch(server.url, { method: "GET" })).rejects.toThrow(reason);
  });

  test("an abort ends the reading of the body", async () => {
    const ending = new AbortController();
    server = await oddServer([
      (...told) => {
        stalled(...told);
        setImmediate(() => ending.abort());
      },
    ]);
    const call = network.fetch(server.url, { method: "GET", signal: ending.signal });
    await expect(call).rejects.toThrow();
  });
});
