import { inspect } from "node:util";
import { afterEach, describe, expect, test } from "vitest";
import { all, calls, pairs } from "./every-call.ts";
import {
  type Answer,
  cut,
  failureOf,
  json,
  type OddServer,
  oddServer,
  reset,
  silence,
  testKey,
  testSecret,
  text,
} from "./odd-server.ts";

let server: OddServer;
afterEach(() => server.stop());

const echo = { type: "string_type", loc: ["body", "tools"], msg: "no", input: testSecret };

/** `failureOf` looks through every error for what was sent. */
describe("errors and request notes contain nothing of the request", () => {
  const answers: Record<string, Answer> = {
    "a validation error that repeats it": json({ detail: [echo] }, 422),
    "one of an unknown shape": json({ detail: { input: testSecret } }, 422),
    "a server that repeats the key": json({ message: `Invalid API key: ${testKey}` }, 401),
    "a redirect with the key": text("", 302, { location: `https://x.example/?key=${testKey}` }),
    "a rate limit": json({ message: testKey }, 429, { "x-ratelimit-limit-req-minute": "0" }),
    "a server's fault": text(testKey, 500),
    "a success that is none": json({ echo: testSecret }),
    reset,
    cut,
    silence,
  };

  test.each(pairs(answers, all))("%s: %s", async (_name, call, answer) => {
    server = await oddServer([answer], { requestTimeoutMs: answer === silence ? 20 : 5_000 });
    await calls[call](server).catch(() => failureOf(() => calls[call](server)));
    const notes = inspect(server.notes, { showHidden: true, depth: 9 });
    expect(notes).toContain("sent");
    expect(notes).not.toContain(testKey);
    expect(notes).not.toContain(testSecret);
  });

  test.each([
    ["a line break", "key-of-\nthe-test", /of-|the-test/],
    ["a trailing line break", `${testKey}\n`, /of-the/],
    ["a letter beyond Latin", "key-of-the-test…", /of-the/],
    ["nothing", "", /Bearer/],
  ])("a key with %s is neither sent nor shown", async (_name, apiKey, hidden) => {
    server = await oddServer([silence], { apiKey });
    const failure = await failureOf(() => calls.get(server));
    expect(failure).toMatchObject({ kind: "forbidden", attempts: 0 });
    expect(failure.reason).not.toMatch(hidden);
    expect(server.requests).toEqual([]);
  });

  test("a short key does not mask words", async () => {
    server = await oddServer([json({ message: "not a local agent" }, 404)], { apiKey: "local" });
    expect((await failureOf(() => calls.get(server))).reason).toBe("not a local agent");
  });
});
