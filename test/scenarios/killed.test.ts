import { afterEach, describe, expect, test } from "vitest";
import { awkward } from "./behaviour-variants.ts";
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
  const { world } = stage.emulator;
  for (const { id, aliases } of world.agents()) {
    for (const { version } of aliases) {
      const { name, handoffs, deployment_chat } = world.shown(id, version);
      const wanted = (circle[String(name)]?.handoffs ?? []) as readonly string[];
      const found = ((handoffs ?? []) as readonly string[]).map((to) => world.shown(to).name);
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
      stage = await setStage(behaviour);
      stage.write(acme(circle));
      await killedBeforeWrite(stage, at);
      expectOnlyWholeVersionsReleased();
      await applied(stage, circle);
      expectOnlyWholeVersionsReleased();
      expect(stage.emulator.world.agents()).toHaveLength(4);
      expect(versionCount(stage)).toBeLessThanOrEqual(7);
      for (const [name, stands] of Object.entries(pointers(stage))) {
        expect(stands, name).toEqual({ default: stands.default, prod: stands.default });
      }
      expect((await stage.run("plan --detailed-exitcode")).code).toBe(0);
    },
  );

  test("11: SIGKILL before each write of an update of two with a deletion: the next apply converges", async () => {
    stage = await setStage(behaviour);
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
        expect(stage.emulator.world.shown(id).description, name).toBe(`${at}`);
      }
    }
    await expectNothingToDo(stage);
  });
});

// A run that is killed while its agents are not listed yet cannot be known to the next one: then runs that
// fail nothing still get there.
test("11: SIGKILL between creates, and a list that lags: reruns reach one agent for each key", async () => {
  for (const at of [2, 4]) {
    stage = await setStage({ listed_after_reads: 2 });
    stage.write(acme(circle));
    await killedBeforeWrite(stage, at, "--parallelism 1");
    const codes: (number | null)[] = [];
    while (codes.length < 4 && codes.at(-1) !== 0) {
      codes.push((await stage.run("apply --auto-approve")).code);
    }
    expect(codes.at(-1), `killed at ${at}: ${codes}`).toBe(0);
    expect(stage.emulator.world.agents(), `killed at ${at}: ${codes}`).toHaveLength(4);
    await expectNothingToDo(stage);
    if (at === 2) await stage.close();
  }
});
