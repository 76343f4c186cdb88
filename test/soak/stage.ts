import { isApiError } from "../../src/agent/api-error.ts";
import type { DesiredProject } from "../../src/agent/definition.ts";
import type { Reader } from "../../src/agent/ports.ts";
import type { StopReason } from "../../src/apply/event.ts";
import type { ApplyOptions } from "../../src/apply/run.ts";
import { runApply } from "../../src/commands/apply.ts";
import type { RunEvent } from "../../src/commands/event.ts";
import { planProject } from "../../src/commands/make-plan.ts";
import { type Behaviour, likelyBehaviour } from "../../src/emulator/behaviour.ts";
import { createEmulator, type Emulator, type LoggedRequest } from "../../src/emulator/emulator.ts";
import { unlimited } from "../../src/plan/limits.ts";
import type { Plan } from "../../src/plan/plan.ts";
import { connect } from "../../src/remote/remote.ts";
import { everyRow } from "../../src/report/events/every.ts";
import { runExitCode } from "../../src/report/run-exit-code.ts";
import { createEnd, type End } from "./end.ts";
import { createMeddling, type Disturbance } from "./meddling.ts";
import { createRegister, type Register } from "./sight.ts";
import { counter, createTime } from "./time.ts";
import { hasLateCommit, latestCommit, type Trouble } from "./trouble.ts";
import { unreadReporter } from "./unread.ts";
import { openWire, type Wire } from "./wire.ts";

/** What a run is to reach, and how. */
export type Wish = {
  readonly desired: DesiredProject;
  readonly prune: boolean;
  readonly parallelism: number;
  readonly onDrift: "fail" | "overwrite";
};

/** What a run left behind. */
export type Ended = {
  /** Undefined for a run that was killed. */
  readonly code: number | undefined;
  readonly events: readonly RunEvent[];
  readonly requests: readonly LoggedRequest[];
  /** Other applies at the same time. */
  readonly rivals: readonly Ended[];
  /** What others did meanwhile. */
  readonly disturbance: Disturbance;
};

/** A server and everything that can be done with it, without a process, a socket or a second of real time. */
export type Stage = {
  readonly emulator: Emulator;
  readonly behaviour: Behaviour;
  /** Has seen every agent there ever was. */
  readonly register: Register;
  /** The plan that an apply of this wish makes: one that may overwrite plans otherwise. */
  readonly plan: (wish: Wish) => Promise<Plan>;
  /** `wishOf` tells what a rival applies that has an edition of its own. */
  readonly apply: (
    wish: Wish,
    troubles: readonly Trouble[],
    wishOf: (edition: number) => Wish,
  ) => Promise<Ended>;
  /** A minute passes: commits that are late are made, and lists catch up. */
  readonly rest: () => Promise<void>;
};

/** Sets a stage with an empty server. */
export function setStage(change: Partial<Behaviour>): Stage {
  const behaviour = { ...likelyBehaviour, ...change };
  const time = createTime();
  const emulator = createEmulator({
    behaviour,
    now: () => new Date(time.now()),
    randomBytes: chance(),
  });
  const register = createRegister(emulator.control);
  emulator.onRequest(register.note);
  const nextRun = counter();
  let isLate = false;

  const applyOnce = async (
    wish: Wish,
    troubles: readonly Trouble[],
    wishOf: (edition: number) => Wish,
  ): Promise<Ended> => {
    const from = emulator.requests.length;
    const events: RunEvent[] = [];
    const rivals: Promise<Ended>[] = [];
    const end = createEnd(time, events);
    const readers = troubles.flatMap((each) =>
      each.kind === "unread" ? [unreadReporter(each)] : [],
    );
    const meddling = createMeddling(emulator, register, troubles, time);
    const begin = (trouble: Trouble) => {
      if (trouble.kind === "stop") end.stop(trouble.by);
      if (trouble.kind !== "rival") return;
      const theirs = trouble.edition === undefined ? wish : wishOf(trouble.edition);
      rivals.push(applyOnce(theirs, [], wishOf));
    };
    const before = (request: number) => {
      meddling.before(request);
      for (const trouble of troubles) {
        if ("before" in trouble && trouble.before === request) begin(trouble);
      }
    };
    const wire = openWire(emulator.fetch, time, troubles, before);
    const { reader, writer } = await connectTo(wire, wish.parallelism, end);
    const { clock, runGate } = wire;
    const carriedOut = runApply(
      {
        ...planRequest(wish, reader),
        approval: { kind: "automatic", onDrift: wish.onDrift },
        commits: { checkout: { kind: "none" }, history: "dates" },
        allowRewind: false,
        tools: {
          writer,
          clock,
          runGate,
          checking: undefined,
          reveal: (reference) => `text of ${reference}`,
        },
        apply: applyOptions(wish, nextRun(), end),
      },
      (event) => {
        events.push(event);
        for (const tell of readers) tell(event);
      },
    ).catch((error: unknown) => {
      events.push(eventOf(error, end.reason()));
    });
    const survived = await Promise.race([carriedOut.then(() => true), wire.killed]);
    await wire.close();
    const told = [...events];
    return {
      code: survived ? runExitCode(told, everyRow, { detailedExitCode: false }) : undefined,
      events: told,
      rivals: await Promise.all(rivals),
      requests: emulator.requests.slice(from),
      disturbance: meddling.disturbance(),
    };
  };

  const apply: Stage["apply"] = async (wish, troubles, wishOf) => {
    for (const trouble of troubles) {
      if (trouble.kind === "fault") emulator.faults.add(trouble.fault);
    }
    isLate ||= hasLateCommit(troubles);
    const ended = await applyOnce(wish, troubles, wishOf);
    emulator.faults.clear();
    register.note();
    return ended;
  };

  const plan: Stage["plan"] = async (wish) => {
    const wire = openWire(emulator.fetch, time, [], () => {});
    const { reader } = await connectTo(wire, wish.parallelism, createEnd(time, []));
    return planProject({ ...planRequest(wish, reader), overwrites: wish.onDrift === "overwrite" });
  };

  const rest = async () => {
    const reads = Math.max(behaviour.listed_after_reads, isLate ? latestCommit : 0);
    for (let read = 0; read < reads; read += 1) {
      time.pass(1_000);
      const headers = { authorization: "Bearer k" };
      await emulator.fetch(new Request("http://127.0.0.1/v1/agents?page_size=1", { headers }));
    }
    isLate = false;
    time.pass(60_000);
  };

  return { emulator, behaviour, register, plan, apply, rest };
}

function applyOptions({ parallelism }: Wish, run: number, { left, reason }: End): ApplyOptions {
  const name = `run-${String(run).padStart(4, "0")}`;
  return {
    parallelism,
    settleMs: 20_000,
    release: name,
    nonce: name,
    provenance: "soak",
    timeLeft: left,
    stopped: reason,
  };
}

function connectTo({ fetch, clock }: Wire, parallelism: number, { signal, left }: End) {
  return connect({
    serverUrl: "http://127.0.0.1",
    apiKey: "k",
    userAgent: "soak",
    clock,
    random: () => 0.5,
    parallelism,
    requestTimeoutMs: 60_000,
    signal,
    timeLeft: left,
    proxyVariables: {},
    fetch,
    observe: () => {},
    mask: (text: string) => text,
  });
}

function planRequest({ desired, prune }: Wish, reader: Reader) {
  const options = {
    prune,
    allowDuplicateNames: true,
    only: [],
    resendSecrets: [],
    limits: unlimited,
    allowRewind: false,
  };
  return { desired, server: "s", reader, options };
}

/** As `cli/run-session.ts` tells of errors. */
function eventOf(error: unknown, by: StopReason | undefined): RunEvent {
  if (isApiError(error)) {
    return by === undefined
      ? { kind: "read_failed", failure: error.failure }
      : { kind: "interrupted", by };
  }
  const { message, stack } = error instanceof Error ? error : new Error(String(error));
  return { kind: "crashed", message, stack: stack ?? message };
}

/** Bytes that look like chance and are the same in every run of a story. */
function chance(): (count: number) => Uint8Array {
  let state = 1;
  return (count) =>
    Uint8Array.from({ length: count }, () => {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      return state >>> 24;
    });
}
