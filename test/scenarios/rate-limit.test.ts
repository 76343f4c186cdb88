import { randomBytes } from "node:crypto";
import { afterEach, expect, test } from "vitest";
import type { DesiredProject } from "../../src/agent/definition.ts";
import { applyPlan } from "../../src/apply/apply.ts";
import type { RunEvent } from "../../src/commands/event.ts";
import { planProject } from "../../src/commands/make-plan.ts";
import { createEmulator } from "../../src/emulator/emulator.ts";
import { unlimited } from "../../src/plan/limits.ts";
import { connect } from "../../src/remote/remote.ts";
import type { RequestNote } from "../../src/remote/request-note.ts";
import { everyRow } from "../../src/report/events/every.ts";
import { runExitCode } from "../../src/report/run-exit-code.ts";
import { desiredAgent } from "../plan/world.ts";
import { type Stage, setStage } from "./stage.ts";
import { type Agents, applied, expectNothingToDo, pointers } from "./steps.ts";

let stage: Stage | undefined;
afterEach(async () => {
  await stage?.close();
  stage = undefined;
});

/** A clock that goes on by itself to the next thing that somebody waits for, once nothing else is under way. */
function patientClock() {
  let now = Date.UTC(2026, 0, 1);
  let isPumping = false;
  const sleepers: { readonly at: number; readonly wake: () => void }[] = [];
  const pump = (quiet: number): void => {
    setImmediate(() => {
      if (quiet < 20) return pump(quiet + 1);
      const [next] = sleepers.sort((left, right) => left.at - right.at).splice(0, 1);
      if (next === undefined) {
        isPumping = false;
        return;
      }
      now = Math.max(now, next.at);
      next.wake();
      pump(0);
    });
  };
  return {
    now: () => now,
    sleep: (ms: number) =>
      new Promise<void>((resolve) => {
        sleepers.push({ at: now + ms, wake: resolve });
        if (!isPumping) pump(0);
        isPumping = true;
      }),
  };
}

test("24: 300 updates at 10 requests a second: each made once, no request before Retry-After, the pace drops and recovers", async () => {
  const clock = patientClock();
  const emulator = createEmulator({
    now: () => new Date(clock.now()),
    randomBytes: (count) => randomBytes(count),
    sleep: clock.sleep,
  });
  const notes: RequestNote[] = [];
  const early: string[] = [];
  let heldUntil = 0;
  const { reader, writer } = await connect({
    serverUrl: "http://127.0.0.1",
    apiKey: "k",
    userAgent: "test",
    clock,
    random: () => 0.5,
    parallelism: 8,
    requestTimeoutMs: 30_000,
    signal: new AbortController().signal,
    timeLeft: () => 600_000,
    proxyVariables: {},
    observe: (note) => notes.push(note),
    mask: (text) => text,
    fetch: async (url, init) => {
      // What starts in the very moment of the refusal was on its way already.
      const refusedAt = heldUntil - 1_000;
      if (clock.now() > refusedAt && clock.now() < heldUntil) early.push(`${init?.method} ${url}`);
      const answer = await emulator.fetch(new Request(url, init));
      if (answer.status === 429) {
        expect(answer.headers.get("retry-after")).toBe("1");
        heldUntil = clock.now() + 1_000;
      }
      return answer;
    },
  });
  const fleet = (description: string): DesiredProject => ({
    project: "acme",
    environment: "",
    isEphemeral: false,
    renames: [],
    gates: [],
    checks: [],
    unsetSecrets: new Map(),
    agents: Array.from({ length: 300 }, (_, at) => {
      const agent = desiredAgent({ key: `k${at}`, aliases: { prod: "latest" } });
      return { ...agent, definition: { ...agent.definition, description } };
    }),
  });
  const apply = async (desired: DesiredProject): Promise<number> => {
    const options = {
      prune: false,
      allowDuplicateNames: false,
      only: [],
      resendSecrets: [],
      limits: unlimited,
      allowRewind: false,
    };
    const plan = await planProject({ desired, server: "s", reader, options });
    const events: RunEvent[] = [{ kind: "planned", plan }];
    const nonce = randomBytes(4).toString("hex");
    await applyPlan(
      plan,
      {
        parallelism: 8,
        settleMs: 20_000,
        release: nonce,
        nonce,
        provenance: "t",
        timeLeft: () => 600_000,
        stopped: () => undefined,
      },
      {
        reader,
        writer,
        clock,
        reveal: () => "",
        checking: undefined,
        runGate: async () => {
          throw new Error("there is no gate");
        },
        emit: (event) => events.push(event),
      },
    );
    return runExitCode(events, everyRow, { detailedExitCode: false });
  };
  expect(await apply(fleet("old"))).toBe(0);
  notes.length = 0;
  emulator.clearRequests();
  emulator.setBehaviour({ requests_per_second: 10, latency_ms: 40 });

  expect(await apply(fleet("new"))).toBe(0);
  const agents = emulator.control.agents();
  expect(agents.map(({ versions }) => versions.length)).toEqual(Array(300).fill(2));
  expect(agents.map(({ aliases }) => aliases[0]?.version)).toEqual(Array(300).fill(1));
  const taken = emulator.requests.filter(
    ({ method, status }) => method === "PATCH" && status === 200,
  );
  expect(taken).toHaveLength(300);
  expect(emulator.requests.some(({ status }) => status === 429)).toBe(true);
  expect(early).toEqual([]);
  const paces = notes.flatMap((note) =>
    note.kind === "slowed" || note.kind === "recovered" ? [note] : [],
  );
  const lowest = Math.min(...paces.map(({ limit }) => limit));
  expect(lowest).toBeLessThan(8);
  const after = paces.slice(paces.findIndex(({ limit }) => limit === lowest));
  expect(after.some(({ kind, limit }) => kind === "recovered" && limit > lowest)).toBe(true);
});

test("24: as a process, refused with and without Retry-After, in seconds and as a date: every update once", async () => {
  stage = await setStage();
  const fleet = (description: string): Agents =>
    Object.fromEntries(
      Array.from({ length: 12 }, (_, at) => [`k${at}`, { description, aliases: ["prod"] }]),
    );
  await applied(stage, fleet("old"));
  const limited = { method: "PATCH", status: 429, times: 3 } as const;
  stage.emulator.faults.add({ ...limited, retry_after: "0" });
  stage.emulator.faults.add({ ...limited, retry_after: "Thu, 01 Jan 2026 00:00:00 GMT" });
  stage.emulator.faults.add({ ...limited, method: "PUT", times: 2 });
  stage.emulator.faults.add({ ...limited, method: "GET", retry_after: "0" });
  await applied(stage, fleet("new"));
  const released = Object.keys(fleet("")).map((key) => [key, { default: 1, prod: 1 }]);
  expect(pointers(stage)).toEqual(Object.fromEntries(released));
  await expectNothingToDo(stage);
});
