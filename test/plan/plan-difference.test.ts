import { describe, expect, test } from "vitest";
import { appliedAlready } from "../../src/plan/already-applied.ts";
import { approvedPlan } from "../../src/plan/approved-plan.ts";
import type { Plan } from "../../src/plan/plan.ts";
import { planDifferences } from "../../src/plan/plan-difference.ts";
import { alias, applied, at, id, key, plan, project, remoteAgent, tags } from "./world.ts";

const wanted = { key: "a", description: "new", aliases: { prod: "latest" as const } };
const other = { key: "b" };
const a = applied({ key: "a" });
const b = applied(other);
const standing = (version: number) => new Map([[a.id, [alias("prod", version)]]]);
const before = plan(project(wanted, other), [a, b], { aliases: standing(0) });
const between = (one: Plan, two: Plan) => planDifferences(approvedPlan(one), approvedPlan(two));

describe("a plan still does what was approved", () => {
  test.each<[string, () => Plan]>([
    ["when nothing moved", () => plan(project(wanted, other), [a, b], { aliases: standing(0) })],
    [
      "when a stranger came and the list is in another order",
      () =>
        plan(project(wanted, other), [b, remoteAgent({ id: "ag_z" }), a], { aliases: standing(0) }),
    ],
    [
      "when an agent that it leaves alone changed together with the file",
      () =>
        plan(
          project(wanted, { ...other, description: "theirs" }),
          [a, applied({ ...other, description: "theirs" }, { version: 1, versions: [0, 1] })],
          { aliases: standing(0) },
        ),
    ],
    [
      "when the file has one more agent that is applied already",
      () =>
        plan(project(wanted, other, { key: "c" }), [a, b, applied({ key: "c" })], {
          aliases: standing(0),
        }),
    ],
    [
      "when an agent that it leaves alone left the file, and stays",
      () => plan(project(wanted), [a, b], { aliases: standing(0) }),
    ],
    [
      "when the run that wrote the agent before was another one",
      () =>
        plan(
          project(wanted, other),
          [{ ...a, metadata: tags("a", { create: "x", release: "y", aliases: "prod=7" }) }, b],
          { aliases: standing(0) },
        ),
    ],
  ])("%s", (_name, now) => {
    expect(between(before, now())).toEqual([]);
  });

  test.each<[string, () => Plan, object]>([
    [
      "an agent was patched",
      () =>
        plan(project(wanted, other), [applied({ key: "a" }, { version: 1, versions: [0, 1] }), b], {
          aliases: standing(0),
        }),
      { kind: "version", key: "a", which: "default", before: 0, now: 1 },
    ],
    [
      "an agent was patched and switched back",
      () =>
        plan(project(wanted, other), [applied({ key: "a" }, { versions: [0, 1] }), b], {
          aliases: standing(0),
        }),
      { kind: "version", key: "a", which: "newest", before: 0, now: 1 },
    ],
    [
      "an alias moved",
      () => plan(project(wanted, other), [a, b], { aliases: new Map([[a.id, []]]) }),
      {
        kind: "pointer",
        key: "a",
        pointer: "prod",
        before: { from: 0, to: "built" },
        now: { from: null, to: "built" },
      },
    ],
    [
      "an agent was deleted",
      () => plan(project(wanted, other), [b]),
      { kind: "action", key: "a", before: "update", now: "create" },
    ],
    [
      "another agent has the key",
      () => plan(project(wanted, other), [{ ...a, id: id("ag_new") }, b]),
      { kind: "agent", key: "a", before: "ag_a", now: "ag_new" },
    ],
    [
      "an agent that it leaves alone was edited",
      () =>
        plan(
          project(wanted, other),
          [a, applied({ ...other, description: "x" }, { version: 1, versions: [0, 1] })],
          {
            aliases: standing(0),
          } as never,
        ),
      { kind: "action", key: "b", before: undefined, now: "update" },
    ],
    [
      "the file wants something else",
      () =>
        plan(project({ ...wanted, description: "newer" }, other), [a, b], { aliases: standing(0) }),
      { kind: "property", key: "a", path: "description" },
    ],
    [
      "what is there is another value",
      () =>
        plan(project(wanted, other), [{ ...a, description: "edited in place" }, b], {
          aliases: standing(0),
        }),
      { kind: "property", key: "a", path: "description" },
    ],
    [
      "the file takes the alias away",
      () =>
        plan(project({ ...wanted, aliases: { prod: null } }, other), [a, b], {
          aliases: standing(0),
        }),
      {
        kind: "pointer",
        key: "a",
        pointer: "prod",
        before: { from: 0, to: "built" },
        now: { from: 0, to: null },
      },
    ],
    [
      "the file has another agent",
      () => plan(project(wanted, other, { key: "c" }), [a, b], { aliases: standing(0) }),
      { kind: "action", key: "c", before: undefined, now: "create" },
    ],
    [
      "the file wants nothing of it any more",
      () => plan(project(other), [a, b], { aliases: standing(0) }),
      { kind: "action", key: "a", before: "update", now: undefined },
    ],
    [
      "the owner tags changed",
      () =>
        plan(
          project(wanted, other),
          [{ ...a, metadata: { ...(a.metadata as object), "agentvane.protect": "true" } }, b],
          { aliases: standing(0) },
        ),
      { kind: "owner", key: "a" },
    ],
    [
      "it counts as ephemeral by now",
      () =>
        plan(
          project(wanted, other),
          [{ ...a, metadata: { ...(a.metadata as object), "agentvane.ephemeral": "true" } }, b],
          { aliases: standing(0) },
        ),
      { kind: "owner", key: "a" },
    ],
  ])("no longer when %s, and that is named", (_name, now, expected) => {
    expect(between(before, now())).toContainEqual(expect.objectContaining(expected));
  });

  test("no longer for another server", () => {
    const scope = { ...before.scope, server: "elsewhere" };
    expect(between(before, { ...before, scope })).toMatchObject([
      { kind: "scope", member: "server" },
    ]);
  });
});

describe("a handoff", () => {
  const caller = { key: "a", description: "new", handoffs: ["b"] };
  test("to an agent that was made anew under the same key is another value", () => {
    const one = plan(project({ ...caller, handoffs: ["b"] }, other), [a, b]);
    const two = plan(project(caller, other), [a, { ...b, id: id("ag_b2") }]);
    expect(between(one, two)).toContainEqual({ kind: "property", key: "a", path: "handoffs" });
    expect(between(one, plan(project(caller, other), [b, a]))).toEqual([]);
  });
});

describe("gates", () => {
  const gate = { run: "npm test", agents: [], timeoutMs: undefined, at };
  const gated = (...gates: readonly object[]) =>
    plan({ ...project(wanted, other), gates: gates as never }, [a, b], { aliases: standing(0) });
  const file = (digest: string) => ({ ...gate, files: [{ path: "evals.yaml", digest }] });

  test.each([
    ["removed", gated(gate), gated(), "removed"],
    ["added", gated(), gated(gate), "added"],
    ["with another time-out", gated(gate), gated({ ...gate, timeoutMs: 5 }), "timeout"],
    ["that reads another file", gated(file("1")), gated(file("2")), "files"],
  ] as const)("%s: a difference", (_name, one, two, change) => {
    expect(between(one, two)).toEqual([{ kind: "gate", command: "npm test", change }]);
  });

  test("for agents that are not released, and where they stand in a file: none", () => {
    const elsewhere = { ...gate, at: { ...at, line: 9 }, agents: [key("b")] };
    expect(between(gated(gate), gated({ ...gate, at: elsewhere.at }, elsewhere))).toEqual([]);
  });
});

describe("checks", () => {
  const functions = new Map();
  const check = {
    name: "greets",
    say: ["hi"],
    agents: [],
    expect: { calls: [] },
    functions,
    tries: 1,
    passes: 1,
  };
  const checked = (...checks: readonly object[]) =>
    plan({ ...project(wanted, other), checks: checks as never }, [a, b], { aliases: standing(0) });

  test.each([
    ["removed", checked(check), checked(), "removed"],
    ["added", checked(), checked(check), "added"],
    ["that says something else", checked(check), checked({ ...check, say: ["ho"] }), "content"],
  ] as const)("%s: a difference", (_name, one, two, change) => {
    expect(between(one, two)).toEqual([{ kind: "check", check: "greets", change }]);
  });
});

describe("deletions", () => {
  const deleting = (version: number, aliases: readonly (readonly [string, number])[]) => {
    const gone = applied({ key: "gone" }, { version, versions: [0, version] });
    return plan(project(other), [b, gone], {
      options: { prune: true },
      live: aliases.map(([by, at]) => ({ agent: { ...gone, version: at }, by }) as never),
    });
  };

  test.each([
    ["another version", deleting(1, [["prod", 0]]), "version"],
    ["another alias", deleting(0, []), "alias"],
    ["an alias elsewhere", deleting(0, [["prod", 1]]), "alias"],
  ])("of an agent with %s: a difference", (_name, now, kind) => {
    const kinds = between(deleting(0, [["prod", 0]]), now).map((each) => each.kind);
    expect(kinds).toContain(kind);
  });
});

describe("what is applied already", () => {
  const approved = approvedPlan(before);
  const built = applied(wanted, { version: 1, versions: [0, 1] });
  const done = (now: Plan) => [...appliedAlready(approved, now)];

  test("is found when version and alias stand", () => {
    expect(done(plan(project(wanted, other), [built, b], { aliases: standing(1) }))).toEqual(["a"]);
  });

  test("also when the file wants more by now", () => {
    const now = project({ ...wanted, description: "newer" }, other);
    expect(done(plan(now, [built, b], { aliases: standing(1) }))).toEqual(["a"]);
  });

  test("no longer when what was overwritten outside is another edit", () => {
    const edited = (name: string) => {
      const subject = plan(project(wanted, other), [a, b], { aliases: standing(0) });
      const [first, ...others] = approvedPlan(subject).operations;
      return { ...approvedPlan(subject), operations: [{ ...first, drift: name }, ...others] };
    };
    expect(planDifferences(edited("one") as never, edited("two") as never)).toEqual([
      { kind: "drift", key: "a" },
    ]);
  });

  test.each<[string, Plan]>([
    ["nothing was done", before],
    [
      "the version was there when the plan was made",
      plan(project(wanted, other), [applied(wanted), b], { aliases: standing(0) }),
    ],
    ["the alias did not move", plan(project(wanted, other), [built, b], { aliases: standing(0) })],
    [
      "somebody edited it since",
      plan(
        project(wanted, other),
        [{ ...built, version: 2, versions: [0, 1, 2], description: "x" } as never, b],
        {
          aliases: standing(1),
          histories: new Map([[a.id, [a, built]]]),
        },
      ),
    ],
    ["the agent is gone", plan(project(wanted, other), [b])],
  ])("is not when %s", (_name, now) => {
    expect(done(now)).toEqual([]);
  });
});
