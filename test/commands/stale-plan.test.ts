import { describe, expect, test } from "vitest";
import type { Check } from "../../src/agent/check.ts";
import type { DesiredProject, Gate } from "../../src/agent/definition.ts";
import type { AgentKey } from "../../src/agent/identity.ts";
import type { ApprovedPlan } from "../../src/plan/approved-plan.ts";
import { apply, prod } from "../apply/apply-plan.ts";
import type { FakeServer } from "../apply/fake-server.ts";
import { at, project } from "../plan/world.ts";
import { applyOn, idOf, only, savedFor } from "./command-run.ts";
import { harmless, inShort, meddlings, scene, wanted } from "./meddling.ts";

const prune = { prune: true };

/** Applies a saved plan with the choices that it was made with, as the command line does. */
const applySaved = (server: FakeServer, saved: ApprovedPlan, desired: DesiredProject, more = {}) =>
  applyOn(
    server,
    desired,
    { kind: "saved", saved, onDrift: "overwrite" },
    { options: saved.options, ...more },
  );

describe("a saved plan on a server that went on", () => {
  test.each(Object.entries(meddlings))("%s: refused", async (_what, { act, told }) => {
    const server = await scene();
    const saved = await savedFor(server, wanted, prune);
    act(server);
    const run = await applySaved(server, saved, wanted);
    expect(only(run, "plan_stale").differences.map(inShort)).toEqual(
      expect.arrayContaining([...told]),
    );
    expect(run.kinds).not.toContain("planned");
    expect(run.code).toBe(4);
    expect(server.writes).toEqual([]);
  });

  test.each(Object.entries(harmless))("%s: applied", async (_what, act) => {
    const server = await scene();
    const saved = await savedFor(server, wanted, prune);
    act(server);
    expect((await applySaved(server, saved, wanted)).code).toBe(0);
    expect(server.read(idOf(server, "triage")).description).toBe("third");
  });

  test("drift that it shows may not have become another", async () => {
    const server = await scene();
    server.update(idOf(server, "triage"), { description: "theirs" });
    const saved = await savedFor(server, wanted);
    server.update(idOf(server, "triage"), { description: "theirs again" });
    const { code } = await applySaved(server, saved, wanted);
    expect(code).toBe(4);
    expect(server.writes).toEqual([]);
  });
});

describe("a saved plan beside a configuration that went on", () => {
  const key = "triage" as AgentKey;
  const gate: Gate = { run: "npm test", agents: [key], timeoutMs: 1_000, files: [], at };
  const expected = { calls: [], contains: ["hi"], notContains: [], matches: [] };
  const check: Check = {
    name: "1",
    agents: [key],
    say: ["hello"],
    expect: expected,
    functions: new Map(),
    tries: 1,
    passes: 1,
    at,
  };
  const guarded = { ...wanted, gates: [gate], checks: [check] };
  const triage = { key: "triage", description: "third", aliases: prod };
  const others = wanted.agents.filter((agent) => agent.key !== key);
  const withTriage = (more: object) => ({
    ...guarded,
    agents: [...project({ ...triage, ...more }).agents, ...others],
  });
  const checking = (more: Partial<Check>) => ({ ...guarded, checks: [{ ...check, ...more }] });
  const digest = (text: string) => ({ path: "evals.yaml", digest: text });

  test.each<[string, DesiredProject, string]>([
    ["another value", withTriage({ description: "fourth" }), "property triage description"],
    ["one value more", withTriage({ instructions: "Hello" }), "property triage instructions"],
    ["protection", withTriage({ protect: true }), "definition triage"],
    ["another alias", withTriage({ aliases: { live: "latest" } }), "pointer triage prod"],
    ["one alias more", withTriage({ aliases: { ...prod, live: "latest" } }), "pointer triage live"],
    ["an alias at a number", withTriage({ aliases: { prod: 0 } }), "pointer triage prod"],
    ["an alias that goes", withTriage({ aliases: { prod: null } }), "pointer triage prod"],
    ["an agent less", { ...guarded, agents: others }, "action triage delete"],
    [
      "an agent more",
      { ...guarded, agents: [...guarded.agents, ...project({ key: "new" }).agents] },
      "action new create",
    ],
    ["no gate", { ...guarded, gates: [] }, "gate removed"],
    ["a gate more", { ...guarded, gates: [gate, { ...gate, run: "npm x" }] }, "gate added"],
    ["a gate of others", { ...guarded, gates: [{ ...gate, agents: [] }] }, "gate agents"],
    ["a longer gate", { ...guarded, gates: [{ ...gate, timeoutMs: 2_000 }] }, "gate timeout"],
    ["other files of it", { ...guarded, gates: [{ ...gate, files: [digest("a")] }] }, "gate files"],
    ["no check", { ...guarded, checks: [] }, "check removed"],
    ["another question", checking({ say: ["bye"] }), "check content"],
    ["a looser check", checking({ expect: { ...expected, contains: [] } }), "check content"],
    ["more tries", checking({ tries: 2 }), "check content"],
    ["another answer", checking({ functions: new Map([["f", "1"]]) }), "check content"],
    ["a check of others", checking({ agents: [] }), "check agents"],
  ])("%s: refused", async (_what, desired, told) => {
    const server = await scene();
    const saved = await savedFor(server, guarded, prune);
    const run = await applySaved(server, saved, desired);
    expect(only(run, "plan_stale").differences.map(inShort)).toContain(told);
    expect(run.code).toBe(4);
    expect(server.writes).toEqual([]);
  });

  test.each<[string, DesiredProject]>([
    ["another order", { ...guarded, agents: [...guarded.agents].reverse() }],
    ["other places in the file", withTriage({})],
    ["a message of the version", withTriage({ version_message: "why" })],
  ])("%s: applied", async (_what, desired) => {
    const server = await scene();
    const saved = await savedFor(server, { ...guarded, checks: [] }, prune);
    expect((await applySaved(server, saved, { ...desired, checks: [] })).code).toBe(0);
  });

  test.each([
    ["server", { server: "other" }, {}],
    ["project", {}, { project: "other" }],
    ["environment", {}, { environment: "staging" }],
  ] as const)("another %s: nothing is read", async (member, more, scope) => {
    const server = await scene();
    const saved = await savedFor(server, wanted);
    const agents = () => Promise.reject(new Error("the server was asked"));
    const reader = { ...server.reader, agents };
    const run = await applySaved(server, saved, { ...wanted, ...scope }, { reader, ...more });
    expect(only(run, "plan_stale").differences.map(inShort)).toEqual([`scope ${member}`]);
    expect(run.code).toBe(4);
  });
});

describe("a saved plan whose results stand", () => {
  test("is a clean no-op, however often it is applied", async () => {
    const server = await scene();
    const saved = await savedFor(server, wanted, prune);
    expect((await applySaved(server, saved, wanted)).code).toBe(0);
    server.writes.length = 0;
    for (const _again of [1, 2]) {
      const run = await applySaved(server, saved, wanted);
      expect(run.code).toBe(0);
      expect(run.kinds).not.toContain("saved_plan_done");
    }
    expect(server.writes).toEqual([]);
  });

  test("also when the file wants more by now, which is said and not done", async () => {
    const server = await scene();
    const saved = await savedFor(server, wanted, prune);
    await applySaved(server, saved, wanted);
    server.writes.length = 0;
    const more = { ...wanted, agents: [...wanted.agents, ...project({ key: "new" }).agents] };
    const run = await applySaved(server, saved, more);
    expect(only(run, "saved_plan_done").why).toBe("already_applied");
    expect(run.code).toBe(0);
    expect(server.writes).toEqual([]);
  });

  test.each<[string, (server: FakeServer) => unknown, string]>([
    [
      "only the update",
      (server) => apply(server, project({ key: "triage", description: "third", aliases: prod })),
      "done triage",
    ],
    ["only the deletion", (server) => server.agents.delete(idOf(server, "former")), "done former"],
  ])("%s: refused, and what is done is named", async (_what, act, told) => {
    const server = await scene();
    const saved = await savedFor(server, wanted, prune);
    await act(server);
    server.writes.length = 0;
    const run = await applySaved(server, saved, wanted);
    expect(only(run, "plan_stale").differences.map(inShort)).toContain(told);
    expect(run.code).toBe(4);
    expect(server.writes).toEqual([]);
  });

  test.each<[string, (server: FakeServer) => unknown]>([
    ["edited since", (server) => server.update(idOf(server, "triage"), { description: "theirs" })],
    ["its alias moved since", (server) => server.setAlias(idOf(server, "triage"), "prod", 0)],
    ["deleted since", (server) => server.agents.delete(idOf(server, "greeter"))],
  ])("%s: they do not stand", async (_what, act) => {
    const server = await scene();
    const saved = await savedFor(server, wanted, prune);
    await applySaved(server, saved, wanted);
    act(server);
    server.writes.length = 0;
    expect((await applySaved(server, saved, wanted)).code).toBe(4);
    expect(server.writes).toEqual([]);
  });
});

describe("a saved plan without operations", () => {
  test("does nothing, whatever is pending by now", async () => {
    const server = await scene();
    const settled = project(
      { key: "triage", description: "second", aliases: prod },
      { key: "billing", aliases: prod },
    );
    const saved = await savedFor(server, settled);
    expect(saved.operations).toEqual([]);
    const still = await applySaved(server, saved, settled);
    expect(still).toMatchObject({ code: 0, kinds: ["fetching", "planned"] });
    const more = await applySaved(server, saved, wanted);
    expect(only(more, "saved_plan_done").why).toBe("no_operations");
    expect(more.code).toBe(0);
    meddlings["an agent is edited"]?.act(server);
    expect((await applySaved(server, saved, settled)).code).toBe(0);
    expect(server.writes).toEqual([]);
  });
});
