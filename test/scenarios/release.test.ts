import { readFileSync } from "node:fs";
import path from "node:path";
import { afterEach, describe, expect, test } from "vitest";
import { awkward, variantsNamed } from "./behaviour-variants.ts";
import { idleTime } from "./idle-time.ts";
import { acme, type Stage, setStage } from "./stage.ts";
import {
  type Agents,
  agentNamed,
  applied,
  expectNothingToDo,
  justBefore,
  methodsOf,
  pointers,
  versionCount,
} from "./steps.ts";

let stage: Stage;
afterEach(() => stage.close());

const prod = { aliases: ["prod"] };
const keys = ["a", "b", "c", "d", "e"];

/** Five agents that say this, all released. */
const fleet = (description?: string): Agents =>
  Object.fromEntries(
    keys.map((key) => [key, description === undefined ? prod : { description, ...prod }]),
  );

/** Where everything stands when it was released as the n-th version. */
const released = (version: number) =>
  Object.fromEntries(keys.map((key) => [key, { default: version, prod: version }]));

/** What the report of the last run says. */
function report() {
  return JSON.parse(readFileSync(path.join(stage.folder, "report.json"), "utf8"));
}

/** Applies the fleet unattended, one request at a time, which has to end with this code. */
async function fails(code: number, description: string): Promise<string> {
  stage.write(acme(fleet(description)));
  stage.takeWrites();
  const outcome = await stage.run("apply --auto-approve --parallelism 1 --report report.json");
  expect(outcome.code, outcome.out + outcome.err).toBe(code);
  expect(report()).toMatchObject({ kind: "report", errored: true });
  return outcome.err;
}

const putsIn = (writes: readonly string[]) => writes.filter((write) => write.startsWith("PUT"));

// A version that was built and not released is found again by its tags and number, and an alias's move may
// touch the agent's time: all of that is in one awkward server.
describe.each([...variantsNamed("the likely behaviour"), awkward])(
  "under %s",
  (_name, behaviour) => {
    const first = behaviour.first_version ?? 0;

    test("18: the fourth of five updates is refused: no PUT, all defaults back, 5; a rerun builds what is missing", async () => {
      stage = await setStage(behaviour);
      await applied(stage, fleet());
      stage.emulator.faults.add({ method: "PATCH", skip: 3, status: 422 });
      const said = await fails(5, "new");
      expect(said).toContain("422");
      const writes = stage.takeWrites();
      expect(methodsOf(writes)).toEqual(Array(7).fill("PATCH"));
      expect(writes.slice(4)).toEqual(
        ["a", "b", "c"].map((name) =>
          expect.stringContaining(`${agentNamed(stage, name).id}/version?version=${first}`),
        ),
      );
      expect(pointers(stage)).toEqual(released(first));
      const again = await applied(stage, fleet("new"));
      expect(
        again.filter((write) => /^PATCH \S+[0-9a-f]$/.test(write) && !write.includes("version=")),
      ).toHaveLength(2);
      expect(versionCount(stage)).toBe(10);
      expect(pointers(stage)).toMatchObject(released(first + 1));
      await expectNothingToDo(stage);
    });

    test("19: the third of five moves fails for good: the first two go back in reverse order, 5; a rerun makes no version", async () => {
      stage = await setStage(behaviour);
      await applied(stage, fleet());
      const third = agentNamed(stage, "c").id;
      stage.emulator.faults.add({ method: "PUT", path: third, status: 403, times: null });
      await fails(5, "new");
      const puts = putsIn(stage.takeWrites()).map((put) => put.replace(/^PUT \/v1\/agents\//, ""));
      const [a, b] = ["a", "b"].map((name) => agentNamed(stage, name).id);
      expect(puts).toEqual([
        `${a}/aliases?alias=prod&version=${first + 1}`,
        `${b}/aliases?alias=prod&version=${first + 1}`,
        `${third}/aliases?alias=prod&version=${first + 1}`,
        `${b}/aliases?alias=prod&version=${first}`,
        `${a}/aliases?alias=prod&version=${first}`,
      ]);
      expect(pointers(stage)).toEqual(released(first));
      stage.emulator.faults.clear();
      const again = await applied(stage, fleet("new"));
      expect(versionCount(stage)).toBe(10);
      expect(again.some((write) => write.startsWith("POST"))).toBe(false);
      expect(pointers(stage)).toMatchObject(released(first + 1));
      await expectNothingToDo(stage);
    });

    test("20: as 19, and reverting fails too: 6, each repair spelled out and reported; the next apply converges", async () => {
      stage = await setStage(behaviour);
      await applied(stage, fleet());
      stage.emulator.faults.add({ method: "PUT", skip: 2, status: 403, times: null });
      const said = await fails(6, "new");
      const stuck = ["a", "b"].map((name) => agentNamed(stage, name).id);
      for (const id of stuck) {
        expect(said).toContain(`${id}/aliases?alias=prod&version=${first}`);
        expect(JSON.stringify(report())).toContain(`${id}/aliases?alias=prod&version=${first}`);
      }
      expect(pointers(stage)).toEqual({
        ...released(first),
        a: { default: first + 1, prod: first + 1 },
        b: { default: first + 1, prod: first + 1 },
      });
      stage.emulator.faults.clear();
      await applied(stage, fleet("new"));
      expect(versionCount(stage)).toBe(10);
      expect(pointers(stage)).toMatchObject(released(first + 1));
      await expectNothingToDo(stage);
    });

    test("a move whose answers are all lost but that was done counts as done: 0, nothing goes back", async () => {
      stage = await setStage(behaviour);
      await applied(stage, fleet());
      stage.emulator.faults.add({ method: "PUT", effect: "lose_answer", times: null });
      await applied(stage, fleet("new"));
      expect(pointers(stage)).toMatchObject(released(first + 1));
      stage.emulator.faults.clear();
      await expectNothingToDo(stage);
    });

    test("25: SIGTERM while building: what is under way finishes, defaults go back, 143; a rerun converges", async () => {
      stage = await setStage(behaviour);
      await applied(stage, fleet());
      justBefore(
        stage,
        ({ method }) => method === "PATCH",
        () => stage.signal("SIGTERM"),
      );
      await fails(143, "new");
      expect(putsIn(stage.takeWrites())).toEqual([]);
      expect(pointers(stage)).toEqual(released(first));
      await applied(stage, fleet("new"));
      expect(versionCount(stage)).toBe(10);
      expect(pointers(stage)).toMatchObject(released(first + 1));
      await expectNothingToDo(stage);
    });

    test("25: SIGINT between alias moves: all goes back, 130; a rerun makes no version", async () => {
      stage = await setStage(behaviour);
      await applied(stage, fleet());
      justBefore(
        stage,
        ({ method }) => method === "PUT",
        () => stage.signal("SIGINT"),
      );
      await fails(130, "new");
      expect(pointers(stage)).toEqual(released(first));
      await applied(stage, fleet("new"));
      expect(versionCount(stage)).toBe(10);
      await expectNothingToDo(stage);
    });
  },
);

test("25: SIGTERM before anything was written: nothing is, 143", async () => {
  stage = await setStage();
  stage.write(acme(fleet()));
  stage.emulator.faults.add({ method: "GET", effect: "hang", times: null });
  justBefore(
    stage,
    () => true,
    () => stage.signal("SIGTERM"),
  );
  const { code, err } = await stage.run("apply --auto-approve");
  expect(code, err).toBe(143);
  expect(stage.takeWrites()).toEqual([]);
});

test("25: a second signal does not wait for anything", async () => {
  stage = await setStage();
  await applied(stage, fleet());
  stage.write(acme(fleet("new")));
  stage.emulator.faults.add({ method: "PATCH", effect: "hang", times: null });
  justBefore(
    stage,
    ({ method }) => method === "PATCH",
    () => {
      stage.signal("SIGTERM");
      stage.signal("SIGINT");
    },
  );
  const { code } = await stage.run("apply --auto-approve --request-timeout 10m --timeout 20m");
  expect([130, 143]).toContain(code);
});

test("25: a run that takes too long ends the same way, with 5", async () => {
  stage = await setStage();
  await applied(stage, fleet());
  stage.write(acme(fleet("new")));
  stage.emulator.faults.add({ method: "PATCH", effect: "hang" });
  justBefore(
    stage,
    ({ method }) => method === "PATCH",
    () => stage.signal("SIGUSR2"),
  );
  const { code, err } = await stage.run("apply --auto-approve --timeout 30s", idleTime);
  expect(code, err).toBe(5);
  expect(pointers(stage)).toEqual(released(0));
});

describe("verified", () => {
  test("18: a field that is not taken: 5, nothing released; that version is verified again, not built again", async () => {
    stage = await setStage();
    await applied(stage, fleet());
    stage.emulator.faults.add({
      method: "PATCH",
      skip: 2,
      effect: "alter",
      set: { description: "dull" },
    });
    expect(await fails(5, "new")).toContain("did not accept description");
    expect(pointers(stage)).toEqual(released(0));
    const versions = versionCount(stage);
    expect(await fails(5, "new")).toContain("did not accept description");
    // Those that had not been built yet are.
    expect(versionCount(stage)).toBeLessThanOrEqual(versions + 2);
    expect(agentNamed(stage, "c").versions).toHaveLength(2);
    expect(pointers(stage)).toEqual(released(0));
    await applied(stage, fleet("newer"));
    await expectNothingToDo(stage);
  });

  test("callees are released before callers", async () => {
    stage = await setStage();
    const chain = (description: string): Agents => ({
      a: { handoffs: ["b"], description, ...prod },
      b: { handoffs: ["c"], description, ...prod },
      c: { description, ...prod },
    });
    await applied(stage, chain("old"));
    const order = putsIn(await applied(stage, chain("new")));
    expect(order).toEqual(
      ["c", "b", "a"].map((name) => expect.stringContaining(agentNamed(stage, name).id)),
    );
  });
});
