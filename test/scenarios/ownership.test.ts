import { afterEach, describe, expect, test } from "vitest";
import type { JsonObject } from "../../src/emulator/json.ts";
import { awkward, variantsNamed } from "./behaviour-variants.ts";
import { acme, type Stage, setStage } from "./stage.ts";
import { agentNamed, applied, expectNothingToDo, methodsOf, pointers, refused } from "./steps.ts";

let stage: Stage;
afterEach(() => stage.close());

const prod = { aliases: ["prod"] };
const ofOther = (agents: Parameters<typeof acme>[0]) => ({
  ...(acme(agents) as JsonObject),
  project: "other",
});

// An adoption is a comparison with content that was written by others, in their way.
describe.each([...variantsNamed("the likely behaviour", "summaries in lists"), awkward])(
  "under %s",
  (_name, behaviour) => {
    test("8: a namesake stops a create with 3; by its id it is adopted without a version, tags come with the first change", async () => {
      stage = await setStage(behaviour);
      const first = behaviour.first_version ?? 0;
      const content = { name: "triage", model: "mistral-small-latest", instructions: "theirs" };
      const { id } = stage.emulator.control.seedAgent({
        versions: [
          { ...content, metadata: { team: "theirs" }, completion_args: { temperature: 0.2 } },
        ],
      });
      const same = { instructions: "theirs", completion_args: { temperature: 0.2 }, ...prod };
      stage.write(acme({ triage: same }));
      const said = await refused(stage, 3);
      expect(said).toContain(`id: ${id}`);
      expect(said).toContain("--allow-duplicate-names");

      expect(methodsOf(await applied(stage, { triage: { id, ...same } }))).toEqual(["PUT"]);
      expect(pointers(stage)).toEqual({ triage: { default: first, prod: first } });
      expect(stage.emulator.control.shown(id).metadata).toEqual({ team: "theirs" });
      await expectNothingToDo(stage);

      const changed = { ...same, description: "first change" };
      expect(methodsOf(await applied(stage, { triage: { id, ...changed } }))).toEqual([
        "PATCH",
        "PUT",
      ]);
      expect(stage.emulator.control.shown(id).metadata).toMatchObject({
        team: "theirs",
        "agentvane.key": "triage",
        "agentvane.project": "acme",
      });
      await expectNothingToDo(stage);
      // From here on the tags bind it.
      expect(await applied(stage, { triage: changed })).toEqual([]);
    });

    test("8: with --allow-duplicate-names there are two, and only ours is ever written", async () => {
      stage = await setStage(behaviour);
      const theirs = stage.emulator.control.seedAgent({
        versions: [{ name: "triage", model: "mistral-small-latest" }],
      });
      await applied(stage, { triage: prod }, "--allow-duplicate-names");
      const writes = await applied(stage, { triage: { description: "new", ...prod } });
      expect(writes.join()).not.toContain(theirs.id);
      expect(stage.emulator.control.agents()).toHaveLength(2);
      expect(stage.emulator.control.agent(theirs.id)).toEqual(theirs);
    });
  },
);

test("8: a thin file does not wipe an adopted agent unattended: 4, until told to", async () => {
  stage = await setStage();
  const { id } = stage.emulator.control.seedAgent({
    versions: [{ name: "triage", model: "mistral-small-latest", instructions: "a long one" }],
  });
  stage.write(acme({ triage: { id } }));
  expect(await refused(stage, 4)).toContain("triage");
  expect(stage.emulator.control.shown(id).instructions).toBe("a long one");
  await applied(stage, { triage: { id } }, "--on-drift=overwrite");
  expect(stage.emulator.control.shown(id).instructions).toBe(null);
});

test("8, 22a: an adopted agent that is switched back to before the adoption is not moved forward unattended: 4", async () => {
  stage = await setStage();
  const { id } = stage.emulator.control.seedAgent({
    versions: [{ name: "triage", model: "mistral-small-latest", instructions: "theirs" }],
  });
  await applied(stage, { triage: { id, instructions: "mine", ...prod } });
  stage.passTime(2_000);
  stage.emulator.control.switchVersion(id, 0);
  expect((await stage.run("drift --detailed-exitcode")).code).toBe(2);
  for (const instructions of ["mine", "new"]) {
    stage.write(acme({ triage: { id, instructions, ...prod } }));
    await refused(stage, 4);
  }
  await applied(stage, { triage: { id, instructions: "new", ...prod } }, "--on-drift=overwrite");
  await expectNothingToDo(stage);
});

describe("id", () => {
  test("of an agent that is not there, or belongs to another project or key: 3", async () => {
    stage = await setStage();
    stage.write(ofOther({ theirs: {} }));
    await stage.run("apply --auto-approve");
    await applied(stage, { billing: {} });
    const [theirs, billing] = ["theirs", "billing"].map((name) => agentNamed(stage, name).id);
    for (const [id, named] of [
      ["ag_00000000000000000000000000000000", "does not exist or is not visible"],
      [theirs, "project other"],
      [billing, "billing"],
    ] as const) {
      stage.write(acme({ triage: { id: id ?? "" }, billing: {} }));
      expect(await refused(stage, 3)).toContain(named);
    }
  });

  test("beside another agent that carries the tags: 4, the other one is named", async () => {
    stage = await setStage();
    await applied(stage, { triage: {} });
    const ours = agentNamed(stage, "triage").id;
    const { id } = stage.emulator.control.seedAgent({ versions: [{ name: "x", model: "m" }] });
    stage.write(acme({ triage: { id } }));
    expect(await refused(stage, 4)).toContain(ours);
  });
});

describe("the console", () => {
  test("copies an agent, tags and all: 4, both are named, and which one is ours", async () => {
    stage = await setStage();
    await applied(stage, { triage: prod });
    await applied(stage, { triage: { description: "new", ...prod } });
    const { id } = agentNamed(stage, "triage");
    const copy = stage.emulator.control.copyAgent(id);
    for (const args of ["apply --auto-approve", "plan", "drift"]) {
      const said = await refused(stage, 4, args);
      expect(said).toContain(copy.id);
      expect(said).toContain(`${id} is as agentvane wrote it`);
    }
    stage.emulator.control.remove(copy.id);
    await expectNothingToDo(stage);
  });

  test("copies an agent before it has a second version: every command names the oldest", async () => {
    stage = await setStage();
    await applied(stage, { triage: prod });
    const { id } = agentNamed(stage, "triage");
    stage.emulator.control.copyAgent(id);
    for (const args of [
      "plan",
      "output",
      "promote prod staging --auto-approve",
      "rollback prod --auto-approve",
      "forget triage",
    ]) {
      expect(await refused(stage, 4, args), args).toContain(`${id} is the oldest`);
    }
  });

  test.each([[{ description: "theirs" }], [{ name: "renamed" }]])(
    "drops the tags with an edit of %j: 3, and how to take it back, which is then unattended drift",
    async (edit) => {
      stage = await setStage({ console_metadata: "dropped" });
      await applied(stage, { triage: { instructions: "ours", ...prod } });
      const { id } = agentNamed(stage, "triage");
      stage.emulator.control.editAgent(id, edit);
      expect(stage.emulator.control.shown(id).metadata).toBe(null);
      for (const args of ["apply --auto-approve", "apply --auto-approve --allow-duplicate-names"]) {
        expect(await refused(stage, 3, args)).toContain(`id: ${id}`);
      }
      const agents = { triage: { id, instructions: "ours", ...prod } };
      await applied(stage, agents, "--on-drift=overwrite");
      expect(stage.emulator.control.agents()).toHaveLength(1);
      expect(stage.emulator.control.shown(id)).toMatchObject({ name: "triage", description: null });
      await expectNothingToDo(stage);
    },
  );

  test("deletes an agent: it is made anew, and its callers hand off to the new one", async () => {
    stage = await setStage();
    const agents = { caller: { handoffs: ["triage"], ...prod }, triage: prod };
    await applied(stage, agents);
    stage.emulator.control.remove(agentNamed(stage, "triage").id);
    expect(methodsOf(await applied(stage, agents)).toSorted()).toEqual([
      "PATCH",
      "POST",
      "PUT",
      "PUT",
    ]);
    const [caller, triage] = [agentNamed(stage, "caller"), agentNamed(stage, "triage")];
    expect(stage.emulator.control.shown(caller.id).handoffs).toEqual([triage.id]);
    await expectNothingToDo(stage);
  });
});

test("two projects on one server, with the same keys and names, leave each other alone", async () => {
  stage = await setStage();
  await applied(stage, { triage: { name: "ours", ...prod } });
  stage.write(ofOther({ triage: { name: "theirs", ...prod } }));
  expect((await stage.run("apply --auto-approve --prune")).code).toBe(0);
  const theirs = agentNamed(stage, "theirs");
  const writes = await applied(
    stage,
    { triage: { name: "ours", description: "new", ...prod } },
    "--prune",
  );
  expect(writes.join()).not.toContain(theirs.id);
  expect(agentNamed(stage, "theirs")).toEqual(theirs);
});

test("environments are added to a project that is in use, and taken out again: the way over is named, and works", async () => {
  stage = await setStage();
  await applied(stage, { triage: prod });
  const { id } = agentNamed(stage, "triage");
  const agents = { triage: { model: "mistral-small-latest", ...prod } };
  const file = { version: 1, project: "acme" };
  const wayOver = async (args: string) => {
    const said = await refused(stage, 3, args);
    return /run `agentvane (.+)`, then write `id: (.+)` under (.+)\./.exec(said)?.slice(1);
  };
  const moved = [{ from: "triage", to: "router" }];
  stage.write({ ...file, environments: { prod: {} }, agents: { router: agents.triage }, moved });
  const renamed = await wayOver("plan --env prod");
  expect(renamed).toEqual(["forget triage --project acme", id, "environments.prod.agents.router"]);
  stage.write({ ...file, environments: { prod: {} }, agents });
  const into = await wayOver("plan --env prod");
  expect(into).toEqual(["forget triage --project acme", id, "environments.prod.agents.triage"]);
  expect((await stage.run(into?.[0] ?? "")).code).toBe(0);
  stage.write({ ...file, environments: { prod: { agents: { triage: { id } } } }, agents });
  await stage.run("apply --env prod --auto-approve");
  agents.triage = { ...agents.triage, model: "mistral-medium-latest" };
  stage.write({ ...file, environments: { prod: { agents: { triage: { id } } } }, agents });
  expect((await stage.run("apply --env prod --auto-approve")).code).toBe(0);

  stage.write({ ...file, agents });
  const out = await wayOver("plan");
  expect(out).toEqual(["forget triage --project acme --env prod", id, "triage"]);
  expect((await stage.run(out?.[0] ?? "")).code).toBe(0);
  await applied(stage, { triage: { ...agents.triage, id } });
  await expectNothingToDo(stage);
  expect(agentNamed(stage, "triage").id).toBe(id);
});
