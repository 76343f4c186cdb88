import { describe, expect, test } from "vitest";
import type { DesiredProject } from "../../src/agent/definition.ts";
import { runPlan } from "../../src/commands/plan.ts";
import { type Limits, unlimited } from "../../src/plan/limits.ts";
import type { PlanOptions } from "../../src/plan/plan.ts";
import { serverWith } from "../apply/apply-plan.ts";
import type { FakeServer } from "../apply/fake-server.ts";
import { noFlags, project } from "../plan/world.ts";
import { applyOn, idOf, noCheckout, only, told } from "./command-run.ts";

const automatic = { kind: "automatic", onDrift: "fail" } as const;
const fleet = ["a", "b", "c", "d"].map((key) => ({ key }));
const changed = (...keys: readonly string[]) =>
  project(...fleet.map(({ key }) => (keys.includes(key) ? { key, description: "new" } : { key })));
const without = (count: number) => project(...fleet.slice(count));

/** Plans and applies; both have to say the same, and to write nothing where it is a no. */
async function bothOn(
  server: FakeServer,
  desired: DesiredProject,
  options: Partial<PlanOptions>,
): Promise<readonly string[]> {
  const request = {
    desired,
    server: "s",
    reader: server.reader,
    options: { ...noFlags, ...options },
    commits: async () => noCheckout,
  };
  const planned = await told((emit) => runPlan(request, emit));
  const kinds = only(planned, "planned").plan.refusals.map(({ kind }) => kind);
  const run = await applyOn(server, desired, automatic, { options });
  expect(only(run, "planned").plan.refusals.map(({ kind }) => kind)).toEqual(kinds);
  expect(run.code).toBe(planned.code);
  expect(run.code).toBe(kinds.length > 0 ? 3 : 0);
  if (kinds.length > 0) expect(server.writes).toEqual([]);
  return kinds;
}

describe("a limit is judged in the plan and by the apply", () => {
  const count = (most: number) => ({ kind: "count", count: most }) as const;
  const percent = (most: number) => ({ kind: "percent", percent: most }) as const;

  test.each<[string, DesiredProject, Partial<Limits>, string | undefined]>([
    ["as many deletions as allowed", without(2), { maxDeletes: 2 }, undefined],
    ["one more", without(3), { maxDeletes: 2 }, "too_many_deletions"],
    ["as many updates as allowed", changed("a", "b"), { maxUpdates: count(2) }, undefined],
    ["one more", changed("a", "b", "c"), { maxUpdates: count(2) }, "too_many_updates"],
    ["half of them", changed("a", "b"), { maxUpdates: percent(50) }, undefined],
    ["more than half", changed("a", "b", "c"), { maxUpdates: percent(74) }, "too_many_updates"],
    ["as many agents as allowed", project(...fleet, { key: "e" }), { maxAgents: 5 }, undefined],
    ["one more", project(...fleet, { key: "e" }), { maxAgents: 4 }, "too_many_agents"],
    ["all agents, asked for", project(), { allowEmpty: true }, undefined],
    ["all agents", project(), { allowEmpty: false }, "empty_configuration"],
    ["all but one", without(3), { allowEmpty: false }, undefined],
  ])("%s", async (_what, desired, limits, kind) => {
    const server = await serverWith(...fleet);
    const options = { prune: true, limits: { ...unlimited, ...limits } };
    expect(await bothOn(server, desired, options)).toEqual(kind === undefined ? [] : [kind]);
  });

  test("a re-use counts as an update, and what is only shown as no deletion", async () => {
    const server = await serverWith(...fleet);
    await applyOn(server, changed("a"), automatic);
    server.writes.length = 0;
    const none = { ...unlimited, maxUpdates: count(0), maxDeletes: 0 };
    expect(await bothOn(server, changed(), { limits: none })).toEqual(["too_many_updates"]);
    const quiet = project({ key: "a", description: "new" });
    expect(await bothOn(server, quiet, { limits: none })).toEqual([]);
  });
});

describe("--only", () => {
  test("leaves the others as they are, and deletes nothing", async () => {
    const server = await serverWith(...fleet);
    const desired = project({ key: "a", description: "new" }, { key: "b", description: "new" });
    expect(await bothOn(server, desired, { only: ["a"], prune: true })).toEqual([]);
    expect(server.agents.size).toBe(4);
    expect(server.read(idOf(server, "a")).description).toBe("new");
    expect(server.read(idOf(server, "b")).description).toBeNull();
  });

  test("marks the plan as incomplete", async () => {
    const server = await serverWith(...fleet);
    const run = await applyOn(server, changed("a"), automatic, { options: { only: ["a"] } });
    expect(only(run, "planned").plan.complete).toBe(false);
    const whole = await applyOn(server, changed("b"), automatic);
    expect(only(whole, "planned").plan.complete).toBe(true);
  });

  test.each<[string, readonly string[], string]>([
    ["a key that is none", ["a", "nobody"], "unknown_key"],
    ["a caller without what it needs", ["caller"], "needs_create"],
  ])("%s: refused", async (_what, keys, kind) => {
    const server = await serverWith(...fleet);
    const desired = project(...fleet, { key: "caller", handoffs: ["new"] }, { key: "new" });
    expect(await bothOn(server, desired, { only: keys })).toEqual([kind]);
    expect(await bothOn(server, desired, { only: ["caller", "new"] })).toEqual([]);
  });

  test("an agent of the project that another key needs may be left out", async () => {
    const server = await serverWith(...fleet);
    const desired = project(...fleet, { key: "caller", handoffs: ["a"] });
    expect(await bothOn(server, desired, { only: ["caller"] })).toEqual([]);
    expect(server.read(idOf(server, "caller")).handoffs).toEqual([idOf(server, "a")]);
  });
});
