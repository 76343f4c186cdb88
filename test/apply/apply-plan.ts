import { expect } from "vitest";
import type { DesiredProject } from "../../src/agent/definition.ts";
import type { Clock } from "../../src/agent/ports.ts";
import { applyPlan } from "../../src/apply/apply.ts";
import type { ApplyEvent, StopReason } from "../../src/apply/event.ts";
import { planProject } from "../../src/commands/make-plan.ts";
import type { PlanOptions } from "../../src/plan/plan.ts";
import { noFlags, project, type Wanted } from "../plan/world.ts";
import { FakeServer } from "./fake-server.ts";

/** Time that passes only while somebody waits for it. */
export function idleClock(): Clock {
  let now = 0;
  return {
    now: () => now,
    sleep: async (ms) => {
      now += ms;
    },
  };
}

/** A plan for what the server has. */
export function planFor(
  server: FakeServer,
  desired: DesiredProject,
  prune = false,
  more: Partial<PlanOptions> = {},
) {
  const options = { ...noFlags, prune, ...more };
  return planProject({ desired, server: "s", reader: server.reader, options });
}

let runs = 0;

/** Plans and applies at once; the plan must not be refused. */
export async function apply(
  server: FakeServer,
  desired: DesiredProject,
  {
    prune = false,
    stopped = () => undefined as StopReason | undefined,
    timeLeft = (): number => 60_000,
    mayBeSuperseded = false,
    parallelism = 1,
  } = {},
): Promise<readonly ApplyEvent[]> {
  const plan = await planFor(server, desired, prune);
  expect(plan.refusals).toEqual([]);
  const events: ApplyEvent[] = [];
  runs += 1;
  await applyPlan(
    plan,
    {
      parallelism,
      settleMs: 20_000,
      release: `r${runs}`,
      nonce: `n${runs}`,
      provenance: "test",
      timeLeft,
      stopped,
      mayBeSuperseded,
    },
    {
      reader: server.reader,
      writer: server.writer,
      clock: idleClock(),
      reveal: (reference) => `text of ${reference}`,
      checking: undefined,
      runGate: async () => ({ kind: "passed" as const }),
      emit: (event) => events.push(event),
    },
  );
  return events;
}

/** Whether an apply released what it built. */
export const released = (events: readonly ApplyEvent[]) =>
  events.some((event) => event.kind === "apply_finished" && event.released);
/** What happened, by kind. */
export const kinds = (events: readonly ApplyEvent[]) => events.map(({ kind }) => kind);
/** The one alias of most tests, at latest. */
export const prod = { prod: "latest" } as const;

/** A server to which these agents were applied. */
export async function serverWith(...agents: readonly Wanted[]): Promise<FakeServer> {
  const server = new FakeServer();
  expect(released(await apply(server, project(...agents)))).toBe(true);
  server.writes.length = 0;
  return server;
}
