import { describe, expect, test } from "vitest";
import type { Check } from "../../src/agent/check.ts";
import type { AgentKey, Version } from "../../src/agent/identity.ts";
import { alias, applied, at, key, plan, project, type Wanted } from "./world.ts";

const gate = (run: string, ...agents: readonly string[]) => ({
  run,
  agents: agents.map(key),
  timeoutMs: undefined,
  at,
});
const gated = (gates: readonly ReturnType<typeof gate>[], ...agents: readonly Wanted[]) => ({
  ...project(...agents),
  gates,
});
const runs = (result: ReturnType<typeof plan>) =>
  result.gates.map(({ key: of, command }) => `${of}: ${command}`);
const prod = { prod: "latest" } as const;

describe("which gates a release has to pass", () => {
  test("those of agents that get a version, in the order of the file", () => {
    const desired = gated(
      [gate("both", "a", "b"), gate("every")],
      { key: "a", description: "new" },
      { key: "b" },
      { key: "c" },
    );
    expect(runs(plan(desired, [applied({ key: "a" }), applied({ key: "b" })]))).toEqual([
      "a: both",
      "a: every",
      "c: every",
    ]);
  });

  test("those of agents whose alias goes on to a version that was built before", () => {
    const remote = applied({ key: "a", aliases: prod }, { version: 1, versions: [0, 1] });
    const aliases = new Map([[remote.id, [alias("prod", 0)]]]);
    const desired = gated([gate("g")], { key: "a", aliases: prod });
    expect(runs(plan(desired, [remote], { aliases }))).toEqual(["a: g"]);
    const settled = new Map([[remote.id, [alias("prod", 1)]]]);
    expect(runs(plan(desired, [remote], { aliases: settled }))).toEqual([]);
  });

  test("of each version that an alias is pinned to, and moves to, once", () => {
    const remote = applied({ key: "a" }, { version: 2, versions: [0, 1, 2] });
    const pinned = (prod: number, staging: "latest" | number) =>
      gated([gate("g")], {
        key: "a",
        aliases: { prod: prod as Version, staging: staging as never },
      });
    const judged = (desired: ReturnType<typeof pinned>, standing: number) => {
      const aliases = new Map([[remote.id, [alias("prod", standing)]]]);
      return plan(desired, [remote], { aliases }).gates.map(({ key: of, pinned: at }) => [of, at]);
    };
    expect(judged(pinned(1, 1), 2)).toEqual([["a", 1]]);
    expect(judged(pinned(1, 2), 0)).toEqual([
      ["a", 1],
      ["a", undefined],
    ]);
    expect(judged(pinned(1, "latest"), 1)).toEqual([["a", undefined]]);
  });

  test("none where nothing is released, and removing an alias releases nothing", () => {
    const remote = applied({ key: "a" });
    const aliases = new Map([[remote.id, [alias("old", 0 as Version)]]]);
    const desired = gated([gate("g")], { key: "a", aliases: { old: null } });
    expect(runs(plan(desired, [remote], { aliases }))).toEqual([]);
  });
});

test("a gate that changes changes the plan's configuration", () => {
  const digest = (run: string) => plan(gated([gate(run)], { key: "a" }), []).digests.config;
  expect(digest("one")).not.toBe(digest("two"));
});

const hello: Check = {
  name: "hello",
  agents: ["a" as AgentKey],
  say: ["hello"],
  expect: { calls: [], contains: [], notContains: [], matches: [] },
  functions: new Map(),
  tries: 1,
  passes: 1,
  at: { file: "agents.yaml", line: 1, column: 1 },
};

test.each([
  ["gate", { gates: [gate("g", "a")] }],
  ["check", { checks: [hello] }],
])("an agent with a %s and no alias is in use before that: the plan says so", (_what, judged) => {
  const notes = (...agents: readonly Wanted[]) =>
    plan({ ...gated([], ...agents), ...judged }, [applied({ key: "a" })]).agents[0]?.notes;
  expect(notes({ key: "a", description: "new" })).toEqual([
    { kind: "live_at_once", handedOffBy: [] },
  ]);
  expect(notes({ key: "a", description: "new", aliases: prod })).toEqual([]);
});
