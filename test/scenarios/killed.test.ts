import { afterEach, describe, expect, test } from "vitest";
import { awkward } from "./behaviour-variants.ts";
import { idleTime } from "./idle-time.ts";
import { acme, type Stage, setStage } from "./stage.ts";
import {
  type Agents,
  agentNamed,
  applied,
  expectNothingToDo,
  killedBeforeWrite,
  pointers,
  versionCount,
} from "./steps.ts";

let stage: Stage;
afterEach(() => stage.close());

const prod = { aliases: ["prod"] };

const circle: Agents = {
  a: { handoffs: ["b"], ...prod },
  b: { handoffs: ["c"], ...prod },
  c: { handoffs: ["a", "d"], ...prod },
  d: { deployment_chat: true, ...prod },
};

/** Whatever `prod` names has all that the file says, so it was verified. */
function expectOnlyWholeVersionsReleased(): void {
  const { control } = stage.emulator;
  for (const { id, aliases } of control.agents()) {
    for (const { version } of aliases) {
      const { name, handoffs, deployment_chat } = control.shown(id, version);
      const wanted = (circle[String(name)]?.handoffs ?? []) as readonly string[];
      const found = ((handoffs ?? []) as readonly string[]).map((to) => control.shown(to).name);
      expect(found, String(name)).toEqual(wanted);
      expect(deployment_chat, String(name)).toBe(name === "d");
    }
  }
}

// Numbers and times of versions tell a run that did not finish from somebody else's work. Ten writes: four
// creates, two completions, four aliases; killed before one is killed after the one before it.
const circles = [
  ["the likely behaviour", {}, [2, 3, 4, 5, 6, 7, 8, 9, 10]],
  [...awkward, [4, 6, 7, 9]],
] as const;

describe.each(circles)("under %s", (_name, behaviour, writes) => {
  test.each(writes)(
    "11: SIGKILL before write %i of a circle: the next apply converges, with no agent twice",
    async (at) => {
      stage = await setStage(behaviour, idleTime);
      stage.write(acme(circle));
      await killedBeforeWrite(stage, at);
      expectOnlyWholeVersionsReleased();
      await applied(stage, circle);
      expectOnlyWholeVersionsReleased();
      expect(stage.emulator.control.agents()).toHaveLength(4);
      expect(versionCount(stage)).toBeLessThanOrEqual(7);
      for (const [name, stands] of Object.entries(pointers(stage))) {
        expect(stands, name).toEqual({ default: stands.default, prod: stands.default });
      }
      expect((await stage.run("plan --detailed-exitcode")).code).toBe(0);
    },
  );

  test("11: SIGKILL before each write of an update of two with a deletion: the next apply converges", async () => {
    stage = await setStage(behaviour, idleTime);
    let agents: Agents = { one: prod, two: prod };
    for (const at of [2, 3, 4, 5]) {
      await applied(stage, { ...agents, [`old${at}`]: {} });
      const versions = versionCount(stage);
      const agent = { description: `${at}`, ...prod };
      agents = { one: agent, two: { ...agent } };
      stage.write(acme(agents));
      await killedBeforeWrite(stage, at, "--prune --parallelism 1");
      await applied(stage, agents, "--prune");
      // Two more, and that of the agent that is gone.
      expect(versionCount(stage), `${at}`).toBe(versions + 1);
      expect(Object.keys(pointers(stage)), `${at}`).toEqual(["one", "two"]);
      for (const [name, { default: version, prod: alias }] of Object.entries(pointers(stage))) {
        expect(alias, `${name} ${at}`).toBe(version);
        const { id } = agentNamed(stage, name);
        expect(stage.emulator.control.shown(id).description, name).toBe(`${at}`);
      }
    }
    await expectNothingToDo(stage);
  });
});

// A run that is killed while its agents are not listed yet cannot be known to the next one, which creates them again.
describe.each([2, 3])("11: a list that lags %i reads", (lag) => {
  const converges = async (kills: readonly number[]) => {
    stage = await setStage({ listed_after_reads: lag }, idleTime);
    stage.write(acme(circle));
    for (const at of kills) await killedBeforeWrite(stage, at, "--parallelism 1");
    const { code, out, err } = await stage.run("apply --auto-approve");
    expect(code, out + err).toBe(0);
    expect(stage.emulator.control.agents(), out + err).toHaveLength(4);
    expectOnlyWholeVersionsReleased();
    for (const [name, stands] of Object.entries(pointers(stage))) {
      expect(stands, name).toEqual({ default: stands.default, prod: stands.default });
    }
    await expectNothingToDo(stage);
  };

  test.each([2, 4, 5])("SIGKILL before write %i: the next apply converges", async (at) => {
    await converges([at]);
  });

  test.each([[[2, 2]], [[4, 2]], [[3, 4]], [[2, 2, 3]]])(
    "SIGKILL before writes %j of runs in a row: the next apply converges",
    async (kills) => {
      await converges(kills);
    },
  );
});

test.each([
  [500, { status: 500 }],
  ["nothing", { effect: "lose_request" }],
  ["nothing, although it was done", { effect: "lose_answer" }],
] as const)(
  "11: SIGKILL after a create that no list shows yet, and a next create that is answered by %s: the next apply converges",
  async (_answer, fault) => {
    stage = await setStage({ listed_after_reads: 3 }, idleTime);
    const agents: Agents = { a: prod };
    stage.write(acme(agents));
    await killedBeforeWrite(stage, 2);
    stage.emulator.faults.add({ method: "POST", ...fault });
    await applied(stage, agents);
    expect(stage.emulator.control.agents()).toHaveLength(1);
    await expectNothingToDo(stage);
  },
);

test("11: a list that lags 3 reads, and runs that are killed after they have completed what they created", async () => {
  stage = await setStage({ listed_after_reads: 3 }, idleTime);
  const agents: Agents = {
    d: { deployment_chat: true, ...prod },
    e: { deployment_chat: true, ...prod },
  };
  stage.write(acme(agents));
  for (const at of [4, 2, 4]) await killedBeforeWrite(stage, at, "--parallelism 1");
  expect(stage.emulator.control.agents().length).toBeGreaterThan(3);
  // Another run lists them all; the next one knows which of them nobody uses.
  await stage.run("plan");
  await stage.run("plan");
  await stage.run("plan");
  await applied(stage, agents);
  expect(Object.keys(pointers(stage)).toSorted()).toEqual(["d", "e"]);
  expect(stage.emulator.control.agents()).toHaveLength(2);
  await expectNothingToDo(stage);
});
