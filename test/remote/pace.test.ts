import { getEventListeners } from "node:events";
import { afterEach, describe, expect, test } from "vitest";
import type { AgentId } from "../../src/agent/identity.ts";
import { calls, good } from "./every-call.ts";
import { type Answer, failureOf, json, type OddServer, oddServer } from "./odd-server.ts";

let server: OddServer;
afterEach(() => server.stop());

const limited = json({}, 429, { "retry-after": "5" });

function many(count: number, call: keyof typeof calls = "get"): Promise<unknown> {
  return Promise.all(Array.from({ length: count }, () => calls[call](server)));
}

/** Runs `act` once everything that is under way has had its chance to reach the server. */
function whenQuiet(act: () => void, turns = 20): void {
  setImmediate(() => (turns === 0 ? act() : whenQuiet(act, turns - 1)));
}

/** Answers in bunches of `size`, so that requests are as many at once as they may be. */
function bunches(size: number, answer: Answer, seen: (atOnce: number) => void): Answer {
  const held: (() => void)[] = [];
  return (request, response, body) => {
    held.push(() => answer(request, response, body));
    seen(held.length);
    const releaseAll = () => {
      for (const release of held.splice(0)) release();
    };
    if (held.length === size) whenQuiet(releaseAll);
  };
}

describe("requests in flight", () => {
  test("are limited, and so are connections", async () => {
    let most = 0;
    const answer = bunches(3, good, (atOnce) => {
      most = Math.max(most, atOnce);
    });
    server = await oddServer([answer], { parallelism: 3 });
    await many(30);
    expect(most).toBe(3);
    expect(server.sockets()).toBe(3);
  });

  test("start in the order of their calls", async () => {
    server = await oddServer([good], { parallelism: 1 });
    const ids = ["a", "b", "c", "d"];
    await Promise.all(ids.map((id) => server.reader.agent(id as AgentId)));
    expect(server.requests).toEqual(ids.map((id) => `GET /v1/agents/${id}`));
  });
});

describe("a rate limit", () => {
  test("halves the limit once for a burst, and successes raise it again", async () => {
    let refused = 0;
    const refuse = bunches(
      8,
      (...told) => {
        refused += 1;
        limited(...told);
      },
      () => {},
    );
    const answer: Answer = (...told) => (refused < 8 ? refuse : good)(...told);
    server = await oddServer([answer]);
    await many(60);
    const paces = server.notes.flatMap((note) =>
      note.kind === "slowed" || note.kind === "recovered" ? [[note.kind, note.limit]] : [],
    );
    expect(paces).toEqual([
      ["slowed", 4],
      ["recovered", 5],
      ["recovered", 6],
      ["recovered", 7],
      ["recovered", 8],
    ]);
    expect(server.requests).toHaveLength(68);
  });

  test("halves the limit again if the next burst is refused too, down to one", async () => {
    server = await oddServer([...Array<Answer>(5).fill(limited), good], { parallelism: 4 });
    await calls.get(server);
    expect(server.notes.flatMap((note) => (note.kind === "slowed" ? [note.limit] : []))).toEqual([
      2, 1, 1, 1, 1,
    ]);
  });

  test("limits the requests in flight from then on", async () => {
    let most = 0;
    let atOnce = 0;
    const counted: Answer = (...told) => {
      atOnce += 1;
      most = Math.max(most, atOnce);
      whenQuiet(() => {
        atOnce -= 1;
        good(...told);
      });
    };
    server = await oddServer([limited, counted], { parallelism: 4 });
    await calls.get(server);
    await many(3);
    expect(most).toBe(2);
  });

  test("pauses every call, not only the refused one", async () => {
    server = await oddServer([limited, good], { parallelism: 1 });
    await many(3);
    expect(server.times).toEqual([0, 5_000, 5_000, 5_000]);
  });

  test("pauses for the longest time that any answer named", async () => {
    const told: Answer[] = [limited, json({}, 429, { "retry-after": "2" })];
    const refuse = bunches(
      2,
      (...call) => told.shift()?.(...call),
      () => {},
    );
    server = await oddServer([refuse, refuse, good], { parallelism: 2 });
    await many(2);
    expect(server.times).toEqual([0, 0, 5_000, 5_000]);
  });

  test("of a write with an unknown outcome pauses the following reads", async () => {
    server = await oddServer([json({}, 503, { "retry-after": "3" }), good]);
    expect((await failureOf(() => calls.create(server))).kind).toBe("unknown_outcome");
    await calls.get(server);
    expect(server.times).toEqual([0, 3_000]);
  });
});

describe("the end of a run", () => {
  test("ends reads, and calls that wait for their turn, at once", async () => {
    const ending = new AbortController();
    server = await oddServer([() => ending.abort()], { signal: ending.signal, parallelism: 2 });
    const failures = await Promise.all(
      Array.from({ length: 5 }, () => failureOf(() => calls.get(server))),
    );
    expect(failures.map(({ kind, reason }) => `${kind}: ${reason}`)).toEqual(
      Array(5).fill("unavailable: interrupted"),
    );
    expect(server.requests.length).toBeLessThanOrEqual(2);
    await failureOf(() => calls.create(server));
    expect(server.bodies.join("")).toBe("");
  });

  test.each([429, 500])("ends the wait after %i", async (status) => {
    const ending = new AbortController();
    const clock = { now: () => 0, sleep: async () => ending.abort() };
    server = await oddServer([json({}, status)], { signal: ending.signal, clock });
    expect(await failureOf(() => calls.alias(server))).toMatchObject({
      kind: "unavailable",
      reason: "interrupted",
      attempts: 1,
    });
    expect(server.requests).toHaveLength(1);
  });

  test("lets a write that was sent finish", async () => {
    const ending = new AbortController();
    let finish = () => {};
    const answer: Answer = (...told) => {
      finish = () => good(...told);
      ending.abort();
    };
    server = await oddServer([answer], { signal: ending.signal, parallelism: 1 });
    const writing = calls.create(server);
    expect((await failureOf(() => calls.get(server))).reason).toBe("interrupted");
    finish();
    expect(await writing).toMatchObject({ id: "ag_1" });
    expect(server.requests).toEqual(["POST /v1/agents"]);
  });

  test("a write that is reset then has an unknown outcome, not an interruption", async () => {
    const ending = new AbortController();
    const answer: Answer = (request) => {
      ending.abort();
      request.socket.destroy();
    };
    server = await oddServer([answer], { signal: ending.signal });
    expect((await failureOf(() => calls.create(server))).kind).toBe("unknown_outcome");
  });

  test("ends a long wait for a rate limit, and a revert does not wait", async () => {
    let now = 0;
    let end = 600_000;
    const clock = {
      now: () => now,
      sleep: async (ms: number) => {
        now += ms;
        // A person stops the run three seconds into the wait: a grace of thirty is left.
        if (now === 3_000) end = now + 30_000;
      },
    };
    server = await oddServer([json({}, 429, { "retry-after": "300" }), good], {
      clock,
      timeLeft: () => end - now,
    });
    const failure = await failureOf(() => calls.update(server));
    expect(failure).toMatchObject({ kind: "limited", status: 429, attempts: 1 });
    expect(now).toBe(3_000);
    await calls.alias(server);
    expect(now).toBe(3_000);
    expect(server.requests).toHaveLength(2);
  });

  test.each([429, 500])("has one listener for all calls that wait after %i", async (status) => {
    const { signal } = new AbortController();
    let most = 0;
    let now = 0;
    const clock = {
      now: () => now,
      sleep: async (ms: number, given?: AbortSignal) => {
        given?.addEventListener("abort", () => {});
        now += ms;
        most = Math.max(most, getEventListeners(signal, "abort").length);
      },
    };
    server = await oddServer([json({}, status)], { signal, clock, parallelism: 20 });
    await Promise.allSettled(Array.from({ length: 20 }, () => calls.get(server)));
    expect(most).toBe(1);
  });
});
