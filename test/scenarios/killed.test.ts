import { afterEach, describe, expect, test } from "vitest";
import { awkward, variantsNamed } from "./behaviour-variants.ts";
import { acme, type Stage, setStage } from "./stage.ts";
import {
  type Agents,
  agentNamed,
  applied,
  expectNothingToDo,
  killedAtWrite,
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

// Numbers and times of versions tell a run that did not finish from somebody else's work.
describe.each([...variantsNamed("the likely behaviour"), awkward])(
  "under %s",
  (_name, behaviour) => {
    test.each([1, 2, 3, 4, 5, 6, 7, 8, 9, 10])(
      "11: SIGKILL at write %i of a circle: the next apply converges, with no agent twice",
      async (at) => {
        stage = await setStage(behaviour);
        stage.write(acme(circle));
        await killedAtWrite(stage, at, at % 2 === 0 ? "lost" : "done");
        expectOnlyWholeVersionsReleased();
        await applied(stage, circle);
        expectOnlyWholeVersionsReleased();
        expect(stage.emulator.world.agents()).toHaveLength(4);
        expect(versionCount(stage)).toBeLessThanOrEqual(7);
        const stands = Object.entries(pointers(stage));
        for (const [name, at] of stands)
          expect(at, name).toEqual({ default: at.default, prod: at.default });
        await expectNothingToDo(stage);
      },
    );

    test("11: SIGKILL at each write of an update of two with a deletion: the next apply converges", async () => {
      stage = await setStage(behaviour);
      let agents: Agents = { one: prod, two: prod };
      await applied(stage, agents);
      for (const fate of ["done", "lost"] as const) {
        for (const at of [1, 2, 3, 4, 5]) {
          const name = `${fate}${at}`;
          await applied(stage, { ...agents, [name]: {} });
          const versions = versionCount(stage);
          agents = { one: { description: name, ...prod }, two: { description: name, ...prod } };
          stage.write(acme(agents));
          await killedAtWrite(stage, at, fate, "--prune --parallelism 1");
          await applied(stage, agents, "--prune");
          expect(Object.keys(pointers(stage)), name).toEqual(["one", "two"]);
          expect(versionCount(stage), name).toBe(versions + 1);
          for (const key of ["one", "two"]) {
            const { id, aliases, version } = agentNamed(stage, key);
            expect(stage.emulator.world.shown(id).description, name).toBe(name);
            expect(
              aliases.map((each) => each.version),
              name,
            ).toEqual([version]);
          }
        }
      }
      await expectNothingToDo(stage);
    });
  },
);

// A run that is killed while its agents are not listed yet cannot be known to the next one: then runs that
// fail nothing still get there.
test("11: SIGKILL at each create, and a list that lags: reruns reach one agent for each key", async () => {
  for (const at of [1, 2, 3, 4]) {
    stage = await setStage({ listed_after_reads: 2 });
    stage.write(acme(circle));
    await killedAtWrite(stage, at, "done", "--parallelism 1");
    const codes: (number | null)[] = [];
    while (codes.length < 4 && codes.at(-1) !== 0) {
      codes.push((await stage.run("apply --auto-approve")).code);
    }
    expect(codes.at(-1), `killed at ${at}: ${codes}`).toBe(0);
    expect(stage.emulator.world.agents(), `killed at ${at}: ${codes}`).toHaveLength(4);
    await expectNothingToDo(stage);
    if (at < 4) await stage.close();
  }
});
