import { describe, expect, test } from "vitest";
import type { Version } from "../../src/agent/identity.ts";
import { pathText } from "../../src/agent/property-path.ts";
import type { RemoteAgent } from "../../src/agent/remote-agent.ts";
import type { Plan } from "../../src/plan/plan.ts";
import { applied, at, key, plan, project, type Wanted } from "./world.ts";

const move = (from: string, to: string) => ({ from: key(from), to: key(to), at });
const renamed = (renames: readonly ReturnType<typeof move>[], ...agents: readonly Wanted[]) => ({
  ...project(...agents),
  renames,
});
const actions = (result: Plan) =>
  Object.fromEntries(result.agents.map((agent) => [agent.key, agent.action]));
const changes = (result: Plan) =>
  result.agents.flatMap((agent) =>
    "changes" in agent ? agent.changes.map(({ path }) => `${agent.key} ${pathText(path)}`) : [],
  );

describe("a key that was renamed", () => {
  const router = applied({ key: "router", name: "Router", aliases: { prod: "latest" } });

  test("keeps its agent: one version that says so", () => {
    const desired = renamed([move("router", "triage")], { key: "triage", name: "Router" });
    const result = plan(desired, [router]);
    expect(actions(result)).toEqual({ triage: "rename" });
    expect(changes(result)).toEqual(["triage metadata.agentvane.key"]);
    expect(result.ids.get(key("triage"))).toBe(router.id);
  });

  test("may change at the same time, still in one version", () => {
    const desired = renamed([move("router", "triage")], { key: "triage", description: "new" });
    const result = plan(desired, [router]);
    expect(actions(result)).toEqual({ triage: "rename" });
    expect(changes(result)).toEqual([
      "triage name",
      "triage description",
      "triage metadata.agentvane.key",
    ]);
  });

  test("costs its callers nothing: they hand off to the same id", () => {
    const caller = applied({ key: "caller", handoffs: ["router"] });
    const desired = renamed(
      [move("router", "triage")],
      { key: "triage", name: "Router" },
      { key: "caller", handoffs: ["triage"] },
    );
    expect(actions(plan(desired, [router, caller]))).toEqual({ caller: "noop", triage: "rename" });
  });

  test("is done once: with an agent of the new key, the old one is an orphan", () => {
    const triage = applied({ key: "triage" });
    const desired = renamed([move("router", "triage")], { key: "triage" });
    expect(actions(plan(desired, [router, triage]))).toEqual({ router: "orphan", triage: "noop" });
  });

  test("that two agents could be is refused", () => {
    const desired = renamed([move("a", "c"), move("b", "c")], { key: "c" });
    const result = plan(desired, [applied({ key: "a" }), applied({ key: "b" })]);
    expect(result.refusals).toMatchObject([{ kind: "duplicate_owner", key: "c" }]);
  });

  test("may be bound by id as well", () => {
    const desired = renamed([move("router", "triage")], {
      key: "triage",
      id: router.id,
      name: "Router",
    });
    expect(plan(desired, [router]).refusals).toEqual([]);
  });
});

describe("an agent that looks like one whose key is gone", () => {
  const prompt = "Sort it out.";
  const orphan = applied({ key: "router", name: "Router", instructions: prompt });
  test.each<[string, Wanted]>([
    ["the same name", { key: "triage", name: "Router" }],
    ["the same instructions", { key: "triage", instructions: `${prompt}\n` }],
  ])("%s: refused, and the line to write is known", (_name, wanted) => {
    expect(plan(project(wanted), [orphan]).refusals).toMatchObject([
      { kind: "looks_renamed", key: "triage", from: "router", id: orphan.id },
    ]);
  });

  test("and one whose newest version has the key is that agent, whatever it looks like", () => {
    const before = applied({ key: "router" }, { version: 0, versions: [0, 1] });
    const after = applied({ key: "triage" }, { version: 1, versions: [0, 1] });
    const seen = (...history: readonly RemoteAgent[]) =>
      plan(project({ key: "triage", instructions: "new" }), [before], {
        histories: new Map([[before.id, history]]),
      }).refusals;
    expect(seen(before, { ...after, id: before.id })).toMatchObject([
      { kind: "renamed_back", key: "triage", from: "router", id: before.id, version: 0, newest: 1 },
    ]);
    expect(seen(before, { ...before, version: 1 as Version })).toEqual([]);
  });

  test("but no instructions at all are nothing in common", () => {
    expect(plan(project({ key: "triage" }), [applied({ key: "router" })]).refusals).toEqual([]);
  });
});
