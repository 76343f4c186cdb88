import { describe, expect, test } from "vitest";
import type { DesiredProject, Gate } from "../../src/agent/definition.ts";
import type { GateCall, RunGate } from "../../src/apply/run.ts";
import { prod } from "../apply/apply-plan.ts";
import type { FakeServer } from "../apply/fake-server.ts";
import { at, project } from "../plan/world.ts";
import { applyOn, carrying, idOf } from "./command-run.ts";
import { scene } from "./meddling.ts";

const automatic = { kind: "automatic", onDrift: "fail" } as const;
const gate: Gate = { run: "npm test", agents: [], timeoutMs: 1_000, at };
const triage = { key: "triage", aliases: prod };
const changed = { ...triage, description: "third" };

/** Applies with a gate for all agents, and tells what it was called with, and where everything pointed then. */
async function applyGated(
  server: FakeServer,
  desired: DesiredProject,
  end: Awaited<ReturnType<RunGate>> = { kind: "passed" },
) {
  const calls: GateCall[] = [];
  const sights: ReturnType<FakeServer["pointers"]>[] = [];
  const runGate: RunGate = async (call) => {
    calls.push(call);
    sights.push(server.pointers());
    return end;
  };
  const { apply, tools } = carrying(server);
  const gated = { ...desired, gates: [gate] };
  const run = await applyOn(server, gated, automatic, { apply, tools: { ...tools, runGate } });
  return { run, calls, sights };
}

const variables = (call: GateCall | undefined) => call?.variables;

describe("a gate", () => {
  test("judges the version that was built, before any alias moves", async () => {
    const server = await scene();
    const id = idOf(server, "triage");
    const { run, calls, sights } = await applyGated(server, project(changed));
    expect(calls).toHaveLength(1);
    expect(variables(calls[0])).toEqual({
      AGENTVANE_AGENT_ID: id,
      AGENTVANE_AGENT_KEY: "triage",
      AGENTVANE_AGENT_VERSION: "2",
    });
    expect(sights).toMatchObject([{ [id]: { default: 2, prod: 1 } }]);
    expect(server.pointers()).toMatchObject({ [id]: { default: 2, prod: 2 } });
    expect(run.code).toBe(0);
  });

  test("judges a version that is used again before its default is switched to", async () => {
    const server = await scene();
    const id = idOf(server, "triage");
    const { calls, sights } = await applyGated(
      server,
      project({ ...triage, description: "first" }),
    );
    expect(variables(calls[0])).toMatchObject({ AGENTVANE_AGENT_VERSION: "0" });
    expect(sights).toMatchObject([{ [id]: { default: 1, prod: 1 } }]);
    expect(server.pointers()).toMatchObject({ [id]: { default: 0, prod: 0 } });
  });

  test("that fails releases nothing, of no agent: all is as it was, and a new agent has no alias", async () => {
    const server = await scene();
    const before = server.pointers();
    const desired = project(changed, { key: "greeter", aliases: prod });
    const { run } = await applyGated(server, desired, { kind: "failed", status: 1 });
    expect(run.code).toBe(5);
    expect(server.pointers()).toMatchObject(before as object);
    expect([...server.stored(idOf(server, "greeter")).aliases]).toEqual([]);
  });

  test("is not asked about what is not released", async () => {
    const server = await scene();
    const { calls } = await applyGated(server, project({ ...triage, description: "second" }));
    expect(calls).toEqual([]);
  });
});

test("an alias that the server puts elsewhere than it was told to is no release", async () => {
  const server = await scene();
  const id = idOf(server, "triage");
  const { apply, tools } = carrying(server);
  // The first move goes wrong; what is reverted after it does not.
  let moves = 0;
  const writer = {
    ...tools.writer,
    setAlias: (...[agent, alias, version]: Parameters<typeof tools.writer.setAlias>) => {
      moves += 1;
      return tools.writer.setAlias(agent, alias, moves === 1 ? (0 as typeof version) : version);
    },
  };
  const run = await applyOn(server, project(changed), automatic, {
    apply,
    tools: { ...tools, writer },
  });
  expect(run.kinds).toContain("move_failed");
  expect(run.kinds).not.toContain("pointer_set");
  expect(run.code).toBe(4);
  expect(server.stored(id).aliases.get("prod")).not.toBe(2);
});
