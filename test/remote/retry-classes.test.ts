import { afterEach, describe, expect, test } from "vitest";
import {
  all,
  type CallName,
  calls,
  good,
  goodBody,
  id,
  pairs,
  repeatable,
  unique,
} from "./every-call.ts";
import {
  type Answer,
  cut,
  failureOf,
  json,
  type OddServer,
  oddServer,
  reset,
  silence,
  stalled,
  text,
} from "./odd-server.ts";

let server: OddServer;
afterEach(() => server.stop());

const ambiguous: Record<string, Answer> = {
  "408": json({ message: "too slow" }, 408),
  "500": json({ message: "oops" }, 500),
  "502 with a web page": text("<html>", 502, { "content-type": "text/html" }),
  "503 in plain text": text("upstream connect error", 503),
  "a reset connection": reset,
  "a cut answer": cut,
  "half of a JSON text": text('{"id": ', 200, { "content-type": "application/json" }),
  "a status that HTTP does not know": text("", 999),
};

const overdue: Record<string, Answer> = {
  "an answer that never begins": silence,
  "a body that never ends": stalled,
};

describe("a call with an unknown outcome", () => {
  test.each(pairs(ambiguous, repeatable))("%s: %s is retried", async (_name, call, answer) => {
    server = await oddServer([answer, good]);
    await calls[call](server);
    expect(server.requests).toHaveLength(2);
    expect(server.requests[1]).toBe(server.requests[0]);
    expect(server.waits()).toEqual([250]);
  });

  test.each(pairs(overdue, repeatable))("%s: %s is retried", async (_name, call, answer) => {
    server = await oddServer([answer, good], { requestTimeoutMs: 100 });
    await calls[call](server);
    expect(server.requests.length).toBeGreaterThan(1);
  });

  test.each(pairs(ambiguous, unique))(
    "%s: %s is not retried, and its outcome is unknown",
    async (...row) => {
      const [, call, answer] = row;
      server = await oddServer([answer, good]);
      const failure = await failureOf(() => calls[call](server));
      expect(failure).toMatchObject({ kind: "unknown_outcome", attempts: 1 });
      expect(server.requests).toHaveLength(1);
    },
  );

  test.each(pairs(overdue, unique))("%s: %s is not retried", async (_name, call, answer) => {
    server = await oddServer([answer, good], { requestTimeoutMs: 100 });
    expect(await failureOf(() => calls[call](server))).toMatchObject({
      kind: "unknown_outcome",
      attempts: 1,
      reason: "no answer within 0.1 s",
    });
    expect(server.requests).toHaveLength(1);
  });

  test.each(unique)("%s on a kept connection that is reset may be done", async (call) => {
    server = await oddServer([good, reset, good]);
    await calls.get(server);
    expect((await failureOf(() => calls[call](server))).kind).toBe("unknown_outcome");
    expect(server.sockets()).toBe(1);
    expect(server.requests).toHaveLength(2);
  });

  test.each(
    pairs(
      {
        "a web page": text("<!DOCTYPE html><p>hello", 200, { "content-type": "text/html" }),
        "an agent without an id": json({ hello: 1 }),
        nothing: text(""),
      },
      unique,
    ),
  )("a success with %s: %s may be done", async (_name, call, answer) => {
    server = await oddServer([answer]);
    expect((await failureOf(() => calls[call](server))).kind).toBe("unknown_outcome");
    expect(server.requests).toHaveLength(1);
  });

  test("an unknown outcome stays unknown after a rate limit", async () => {
    server = await oddServer([json({}, 429, { "retry-after": "1" }), reset, good]);
    expect(await failureOf(() => calls.create(server))).toMatchObject({
      kind: "unknown_outcome",
      attempts: 2,
    });
  });
});

describe("a call that was certainly not carried out", () => {
  test.each(all)("429: %s is retried after the time that the server names", async (call) => {
    server = await oddServer([json({ message: "slow down" }, 429, { "retry-after": "12" }), good]);
    await calls[call](server);
    expect(server.times).toEqual([0, 12_000]);
  });

  test.each(all)("a refused connection: %s is retried, then given up", async (call) => {
    server = await oddServer([good]);
    await server.goDown();
    const failure = await failureOf(() => calls[call](server));
    expect(failure).toMatchObject({ kind: "unavailable", attempts: 4 });
    expect(failure.reason).toContain("ECONNREFUSED");
  });

  test.each(all)("an unknown host name: %s is retried", async (call) => {
    let tries = 0;
    const notFound = Object.assign(new Error("getaddrinfo ENOTFOUND x"), {
      syscall: "getaddrinfo",
    });
    server = await oddServer([good], {
      fetch: async (_url, _init) => {
        tries += 1;
        if (tries === 1) throw notFound;
        return Response.json(goodBody);
      },
    });
    await calls[call](server);
    expect(tries).toBe(2);
  });

  test("if no address of a host connects, the error has the reason of the first", async () => {
    const causes = ["::1", "127.0.0.1"].map((host) =>
      Object.assign(new Error(`connect ECONNREFUSED ${host}:9`), { syscall: "connect" }),
    );
    server = await oddServer([good], {
      fetch: () => Promise.reject(new AggregateError(causes)),
    });
    expect(await failureOf(() => calls.create(server))).toMatchObject({
      kind: "unavailable",
      reason: "connect ECONNREFUSED ::1:9",
    });
  });

  test("TLS on a port without it: the error says so, without the text of OpenSSL", async () => {
    const text = "write EPROTO C0:error:0A00010B:SSL routines:ssl3_get_record:wrong version number";
    server = await oddServer([good], {
      fetch: () => Promise.reject(Object.assign(new Error(text), { syscall: "write" })),
    });
    expect((await failureOf(() => calls.create(server))).reason).toBe(
      "the server does not use TLS on this port; check the server's address",
    );
  });
});

describe("a refused call", () => {
  const kinds = {
    "400": "refused",
    "401": "forbidden",
    "403": "forbidden",
    "404": "missing",
    "409": "refused",
    "422": "refused",
    "302": "refused",
  } as const;

  test.each(pairs(kinds, all))("%s is not retried for %s", async (status, call, kind) => {
    server = await oddServer([json({ detail: "no" }, Number(status)), good]);
    const failure = await failureOf(() => calls[call](server));
    expect(failure).toMatchObject({ kind, status: Number(status), reason: "no", attempts: 1 });
    expect(server.requests).toEqual([`${failure.method} ${failure.path}`]);
  });

  test.each([
    ["by its type", text("sign in", 200, { "content-type": "text/html; charset=utf-8" })],
    ["by how it begins", text("\n<!doctype html><p>sign in")],
  ])("a web page for a read, recognized %s, is an error at once", async (_name, answer) => {
    server = await oddServer([answer]);
    expect(await failureOf(() => calls.get(server))).toMatchObject({
      kind: "unavailable",
      attempts: 1,
      reason: "the server answered with a web page instead of JSON; check the server's address",
    });
  });

  test.each([
    ["https://elsewhere.example/login?token=abc#x", "https://elsewhere.example/login"],
    ["/v2/agents?token=abc", "/v2/agents"],
  ])(
    "a redirect to %s is not followed, and reported without its query",
    async (location, place) => {
      server = await oddServer([text("", 307, { location }), good]);
      expect((await failureOf(() => calls.create(server))).reason).toBe(
        `redirected to ${place}; check the server's address`,
      );
      expect(server.requests).toHaveLength(1);
    },
  );
});

describe("a delete that finds nothing", () => {
  const removals: readonly CallName[] = ["remove", "unalias"];

  test.each(removals)("%s succeeds if an earlier answer was lost", async (call) => {
    server = await oddServer([reset, json({}, 429, { "retry-after": "1" }), json({}, 404)]);
    await calls[call](server);
    expect(server.requests).toHaveLength(3);
  });

  test.each(removals)("%s is an error if the server received no earlier one", async (call) => {
    server = await oddServer([json({}, 429, { "retry-after": "1" }), json({}, 404)]);
    expect(await failureOf(() => calls[call](server))).toMatchObject({
      kind: "missing",
      attempts: 2,
    });
  });

  test("a lost answer to a read does not count", async () => {
    server = await oddServer([reset, json({}, 404)]);
    expect((await failureOf(() => server.reader.agent(id))).kind).toBe("missing");
  });
});
