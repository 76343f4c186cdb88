import { afterEach, describe, expect, test } from "vitest";
import type { Json, JsonObject } from "../../src/emulator/json.ts";
import { awkward, variantsNamed } from "./behaviour-variants.ts";
import { acme, type Stage, setStage } from "./stage.ts";
import {
  type Agents,
  agentNamed,
  applied,
  expectNothingToDo,
  killedBeforeWrite,
  methodsOf,
  pointers,
  refused,
  versionCount,
} from "./steps.ts";

let stage: Stage;
afterEach(() => stage.close());

const prod = { aliases: ["prod"] };
const renamed = (agents: Agents, ...moved: readonly Json[]): void =>
  stage.write({ ...(acme(agents) as JsonObject), moved });
const apply = async (...flags: readonly string[]) => {
  stage.takeWrites();
  const { code, out, err } = await stage.run(["apply --auto-approve", ...flags].join(" "));
  expect(code, out + err).toBe(0);
  return stage.takeWrites();
};
const keyOf = (id: string) =>
  (stage.emulator.control.shown(id).metadata as JsonObject)["agentvane.key"];

// The key is in metadata, and the version that takes another one may equal the one before it.
describe.each([...variantsNamed("the likely behaviour"), awkward])(
  "under %s",
  (_name, behaviour) => {
    test("moved: one version, the same agent, its callers untouched; then plan is empty, with the line and without", async () => {
      stage = await setStage(behaviour);
      const first = behaviour.first_version ?? 0;
      await applied(stage, {
        router: { description: "d", ...prod },
        caller: { handoffs: ["router"], ...prod },
      });
      const { id } = agentNamed(stage, "router");
      const caller = agentNamed(stage, "caller");
      const after: Agents = {
        triage: { description: "d", ...prod },
        caller: { handoffs: ["triage"], ...prod },
      };
      renamed(after, { from: "router", to: "triage" });
      expect(methodsOf(await apply())).toEqual(["PATCH", "PUT"]);
      expect(keyOf(id)).toBe("triage");
      expect(pointers(stage).triage).toEqual({ default: first + 1, prod: first + 1 });
      expect(agentNamed(stage, "caller")).toEqual(caller);
      await expectNothingToDo(stage);
      stage.write(acme(after));
      await expectNothingToDo(stage);
      expect(await applied(stage, after)).toEqual([]);
    });
  },
);

test("moved: with the same name and other changes beside it, it is still one version", async () => {
  stage = await setStage();
  await applied(stage, { router: { name: "Router", ...prod } });
  const { id } = agentNamed(stage, "Router");
  renamed(
    { triage: { name: "Router", description: "new", ...prod } },
    { from: "router", to: "triage" },
  );
  const plan = await stage.run("plan --format json");
  expect(JSON.parse(plan.out).summary).toMatchObject({
    rename: 1,
    update: 0,
    create: 0,
    orphan: 0,
  });
  expect(methodsOf(await apply("--prune"))).toEqual(["PATCH", "PUT"]);
  expect(stage.emulator.control.agents().map((each) => each.id)).toEqual([id]);
  await expectNothingToDo(stage);
});

test("moved: a chain of renames, half of which was applied", async () => {
  stage = await setStage();
  await applied(stage, { a: { instructions: "one" }, x: { instructions: "two" } });
  const [a, x] = [agentNamed(stage, "a").id, agentNamed(stage, "x").id];
  renamed({ b: { instructions: "one" }, x: { instructions: "two" } }, { from: "a", to: "b" });
  await apply();
  renamed(
    { c: { instructions: "one" }, y: { instructions: "two" } },
    { from: "a", to: "b" },
    { from: "b", to: "c" },
    { from: "x", to: "y" },
  );
  await apply();
  expect([keyOf(a), keyOf(x)]).toEqual(["c", "y"]);
  expect(Object.keys(pointers(stage)).toSorted()).toEqual(["c", "y"]);
});

test("moved: killed between its version and its alias, the next apply carries on", async () => {
  stage = await setStage();
  await applied(stage, { router: prod });
  renamed({ triage: prod }, { from: "router", to: "triage" });
  await killedBeforeWrite(stage, 2);
  await apply();
  expect(pointers(stage)).toEqual({ triage: { default: 1, prod: 1 } });
  await expectNothingToDo(stage);
});

test("a default that is switched back to before a rename: refused and told by drift; with the line it is drift", async () => {
  stage = await setStage();
  await applied(stage, {
    router: { instructions: "old", ...prod },
    caller: { handoffs: ["router"] },
  });
  const { id } = agentNamed(stage, "router");
  const agents = { triage: { instructions: "new", ...prod }, caller: { handoffs: ["triage"] } };
  const line = { from: "router", to: "triage" };
  renamed(agents, line);
  await apply();
  stage.write(acme(agents));
  await expectNothingToDo(stage);
  stage.passTime(2_000);
  stage.emulator.control.switchVersion(id, 0);
  for (const args of ["apply --auto-approve", "apply --auto-approve --prune", "plan", "drift"]) {
    const said = await refused(stage, 3, args);
    expect(said, args).toContain("refused[renamed_back]");
    expect(said, args).toContain("moved: [{ from: router, to: triage }]");
  }
  renamed(agents, line);
  await refused(stage, 4);
  stage.emulator.control.switchVersion(id, 1);
  stage.write(acme(agents));
  await expectNothingToDo(stage);
});

describe("without moved, what looks renamed is refused with 3, and the line is printed:", () => {
  test.each<[string, JsonObject, JsonObject]>([
    ["the same name", { name: "Triage" }, { name: "Triage", instructions: "other" }],
    ["the same instructions", { instructions: "the same" }, { instructions: "the same\n" }],
  ])("%s", async (_name, before, after) => {
    stage = await setStage();
    await applied(stage, { router: before });
    stage.write(acme({ triage: after }));
    for (const args of ["apply --auto-approve", "apply --auto-approve --prune", "plan"]) {
      expect(await refused(stage, 3, args)).toContain("moved: [{ from: router, to: triage }]");
    }
    renamed({ triage: after }, { from: "router", to: "triage" });
    await apply();
    expect(versionCount(stage)).toBe(2);
  });

  test("another name and no instructions: an orphan and a new agent", async () => {
    stage = await setStage();
    await applied(stage, { router: {} });
    await applied(stage, { triage: {} }, "--prune");
    expect(Object.keys(pointers(stage))).toEqual(["triage"]);
  });
});

describe("--only", () => {
  const both: Agents = { a: prod, b: prod };

  test("changes only these, and says that the plan is incomplete", async () => {
    stage = await setStage();
    await applied(stage, both);
    stage.write(acme({ a: { description: "new", ...prod }, b: { description: "new", ...prod } }));
    const { out } = await stage.run("plan --only a --format json");
    expect(JSON.parse(out)).toMatchObject({ complete: false, summary: { update: 1 } });
    await apply("--only a");
    expect(pointers(stage)).toEqual({ a: { default: 1, prod: 1 }, b: { default: 0, prod: 0 } });
    expect((await stage.run("plan --only a --detailed-exitcode")).code).toBe(0);
    expect((await stage.run("plan --detailed-exitcode")).code).toBe(2);
  });

  test("does not see what others edited in other agents", async () => {
    stage = await setStage();
    await applied(stage, both);
    stage.emulator.control.editAgent(agentNamed(stage, "b").id, { description: "theirs" });
    await applied(stage, { ...both, a: { description: "new", ...prod } }, "--only a");
    await refused(stage, 4);
  });

  test("is refused with 3 when a create that is needed lies outside it, and with --prune", async () => {
    stage = await setStage();
    await applied(stage, { ...both, old: {} });
    stage.write(
      acme({ ...both, a: { handoffs: ["fresh"] }, fresh: { handoffs: ["more"] }, more: {} }),
    );
    expect(await refused(stage, 3, "apply --auto-approve --only a")).toContain("fresh");
    expect(await refused(stage, 3, "apply --auto-approve --only a,fresh")).toContain("more");
    expect(await refused(stage, 3, "apply --auto-approve --only nope")).toContain("nope");
    const both64 = await stage.run("apply --auto-approve --only a --prune");
    expect([3, 64]).toContain(both64.code);
    expect(stage.takeWrites()).toEqual([]);
    await apply("--only a,fresh --only more");
    expect(Object.keys(pointers(stage)).toSorted()).toEqual(["a", "b", "fresh", "more", "old"]);
    await expectNothingToDo(stage);
  });
});
