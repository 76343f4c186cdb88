import { describe, expect, test } from "vitest";
import type { DesiredProject } from "../../src/agent/definition.ts";
import { approvedPlan } from "../../src/plan/approved-plan.ts";
import type { Plan } from "../../src/plan/plan.ts";
import type { Refusal } from "../../src/plan/refusal.ts";
import { concerns } from "../../src/plan/refusal-table.ts";
import { planFor, prod, serverWith } from "../apply/apply-plan.ts";
import type { FakeServer } from "../apply/fake-server.ts";
import { at, id, key, project } from "../plan/world.ts";
import { applyOn } from "./command-run.ts";

/** Applies a plan that was saved, and tells the exit code and what differs. */
async function applySaved(server: FakeServer, saved: Plan, desired: DesiredProject) {
  const approval = { kind: "saved", saved: approvedPlan(saved), onDrift: "overwrite" } as const;
  const { code, events } = await applyOn(server, desired, approval, { options: saved.options });
  const differences = events.flatMap((event) =>
    event.kind === "plan_stale" ? event.differences : [],
  );
  return { code, differences };
}

const fleet = [
  { key: "a", aliases: prod },
  { key: "b", aliases: prod },
] as const;
const wanted = project({ ...fleet[0], description: "two" }, fleet[1]);

/** Makes a second agent of a key, as a copy in the console does. */
function copy(server: FakeServer, of: string): void {
  server.create(server.stored(of).versions.get(0) ?? {});
}

describe("a saved plan, when something is refused since", () => {
  test("that does not concern its agents: it is applied", async () => {
    const server = await serverWith(...fleet);
    const saved = await planFor(server, wanted);
    copy(server, "ag_002");
    expect((await planFor(server, wanted)).refusals.map(({ kind }) => kind)).toEqual([
      "duplicate_owner",
    ]);
    expect(await applySaved(server, saved, wanted)).toEqual({ code: 0, differences: [] });
    expect(server.pointers()).toMatchObject({ ag_001: { default: 1, prod: 1 } });
    expect(server.writes.some((write) => /ag_00[23]/.test(write))).toBe(false);
  });

  test("that concerns one of its agents: 4, named, nothing written", async () => {
    const server = await serverWith(...fleet);
    const saved = await planFor(server, wanted);
    copy(server, "ag_001");
    const { code, differences } = await applySaved(server, saved, wanted);
    expect(code).toBe(4);
    expect(differences).toContainEqual({
      kind: "refusal",
      refusal: expect.objectContaining({ kind: "duplicate_owner", key: "a" }),
    });
    expect(server.writes).toEqual([]);
  });
});

test.each<[Refusal, readonly string[], boolean]>([
  [{ kind: "protected", key: "a", id: id("ag_1") }, ["a"], true],
  [{ kind: "protected", key: "a", id: id("ag_1") }, ["b"], false],
  [{ kind: "looks_renamed", key: key("a"), from: key("b"), id: id("ag_1"), at }, ["b"], true],
  [
    {
      kind: "model_retires",
      model: "m",
      keys: [key("a")],
      date: undefined,
      replacement: undefined,
    },
    ["b"],
    false,
  ],
  [
    {
      kind: "model_retires",
      model: "m",
      keys: [key("a")],
      date: undefined,
      replacement: undefined,
    },
    ["a", "b"],
    true,
  ],
  // Without a key it may be about any.
  [{ kind: "unknown_id", key: undefined, id: id("ag_1") }, ["b"], true],
  // A limit counts everything that is done, and a flag is one of the whole plan.
  [{ kind: "too_many_updates", count: 2, limit: "1" }, ["b"], true],
  [{ kind: "unknown_key", flag: "only", key: "a", known: [] }, ["b"], true],
])("the refusal %o and the agents %s", (refusal, keys, isConcerned) => {
  expect(concerns(refusal, new Set(keys))).toBe(isConcerned);
});
