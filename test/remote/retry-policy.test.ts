import fc from "fast-check";
import { afterEach, describe, expect, test } from "vitest";
import { notDoneYet } from "../../src/remote/call-failure.ts";
import { retryAfterMs } from "../../src/remote/retry-after.ts";
import {
  backOffMs,
  createRetryPolicy,
  longestCallMs,
  mostAttempts,
} from "../../src/remote/retry-policy.ts";
import { calls, good } from "./every-call.ts";
import { failureOf, json, type OddServer, oddServer } from "./odd-server.ts";

let server: OddServer | undefined;
afterEach(() => server?.stop());

const chance = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });

describe("the back-off", () => {
  test("is at most the doubling bound, and can be any part of it", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 60 }), chance, (attempt, part) => {
        const bound = Math.min(4_000, 250 * 2 ** (attempt - 1));
        const ms = backOffMs(attempt, part);
        expect(ms).toBeGreaterThanOrEqual(0);
        expect(ms).toBeLessThanOrEqual(bound);
        expect(ms / bound).toBeCloseTo(part, 1);
      }),
    );
  });

  test("ends within a few attempts and seconds in every case", () => {
    const failure = fc.record({
      ms: fc.nat({ max: 6_000 }),
      retryAfter: fc.option(fc.integer({ min: 1, max: 6_000 }), { nil: undefined }),
    });
    fc.assert(
      fc.property(fc.infiniteStream(failure), chance, (failures, part) => {
        const retryPolicy = createRetryPolicy(
          () => part,
          () => Number.POSITIVE_INFINITY,
        );
        let waits = 0;
        let spent = 0;
        for (const { ms, retryAfter } of failures) {
          const waitMs = retryPolicy(notDoneYet("unavailable", { reason: "" }, retryAfter), ms);
          if (waitMs === undefined) break;
          waits += 1;
          spent += ms + waitMs;
          if (retryAfter !== undefined) expect(waitMs).toBe(retryAfter);
        }
        expect(waits).toBeLessThan(mostAttempts);
        expect(spent).toBeLessThanOrEqual(longestCallMs);
      }),
    );
  });

  test.each<[string, string | undefined, number | undefined]>([
    ["seconds", "3", 3_000],
    ["part of a second is a whole one", "0.2", 1_000],
    ["a date", "Thu, 01 Jan 2026 00:00:07 GMT", 7_000],
    ["a date gone by", "Wed, 31 Dec 2025 23:00:00 GMT", undefined],
    ["no time at all", "0", undefined],
    ["less than none", "-5", undefined],
    ["nonsense", "soon", undefined],
    ["nothing", undefined, undefined],
  ])("Retry-After: %s", (_name, header, expected) => {
    const headers = new Headers(header === undefined ? {} : { "retry-after": header });
    expect(retryAfterMs(headers, Date.parse("2026-01-01T00:00:00Z"))).toBe(expected);
  });
});

describe("a failed call", () => {
  test.each([429, 500])("with %i and no Retry-After ends after four attempts", async (status) => {
    server = await oddServer([json({}, status)]);
    expect(await failureOf(() => calls.get(server as OddServer))).toMatchObject({ attempts: 4 });
    expect(server.times).toEqual([0, 250, 750, 1_749]);
    expect(server.waits()).toEqual([250, 500, 999]);
  });

  test("with 429 and a Retry-After is retried as long as the run lasts", async () => {
    const limited = json({}, 429, { "retry-after": "20" });
    server = await oddServer([limited, limited, limited, limited, limited, limited, good]);
    await calls.create(server);
    expect(server.requests).toHaveLength(7);
    expect(server.times.at(-1)).toBe(120_000);
  });

  test("with 429 and a Retry-After beyond the end of the run ends at once", async () => {
    server = await oddServer([json({}, 429, { "retry-after": "20" })], { timeLeft: () => 19_000 });
    expect(await failureOf(() => calls.create(server as OddServer))).toMatchObject({
      kind: "limited",
      status: 429,
      attempts: 1,
    });
    expect(server.waits()).toEqual([]);
  });

  test("has all its retries left after a rate limit", async () => {
    const limited = json({}, 429, { "retry-after": "20" });
    server = await oddServer([limited, limited, limited, limited, json({}, 500), good]);
    await calls.get(server);
    expect(server.requests).toHaveLength(6);
  });

  test("with 503 and a short Retry-After waits for it", async () => {
    server = await oddServer([json({}, 503, { "retry-after": "2" }), good]);
    await calls.get(server);
    expect(server.times).toEqual([0, 2_000]);
    await server.stop();
    server = await oddServer([json({}, 503, { "retry-after": "60" }), good]);
    expect(await failureOf(() => calls.get(server as OddServer))).toMatchObject({ attempts: 1 });
  });

  test("with a rate limit of zero is not retried", async () => {
    const headers = { "x-ratelimit-limit-req-minute": "0", "retry-after": "1" };
    server = await oddServer([json({}, 429, headers)]);
    expect(await failureOf(() => calls.get(server as OddServer))).toMatchObject({
      kind: "limited",
      attempts: 1,
    });
  });
});
