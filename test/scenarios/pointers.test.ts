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
  refused,
  versionCount,
} from "./steps.ts";

let stage: Stage;
afterEach(() => stage.close());

const idOf = (name: string) => agentNamed(stage, name).id;
const drifts = async () => {
  const { code, out } = await stage.run("drift --detailed-exitcode --format json");
  return [code, JSON.parse(out).aliases.map(({ alias }: { alias: string }) => alias)];
};

// What moved last is told by times: an alias that touches its agent makes them say less. Numbers may start at 1,
// and a PATCH may start from another version than the default. The awkward server does all of that.
const variants = [...variantsNamed("the likely behaviour"), awkward];

describe.each(variants)("under %s", (_name, behaviour) => {
  const first = behaviour.first_version ?? 0;
  const saying = (description: string, aliases: readonly string[] = ["prod"]): Agents => ({
    triage: { description, aliases },
    other: { description: "other", aliases },
  });

  /** The agent has two versions, and the second one is released. */
  async function twoVersions(aliases?: readonly string[]): Promise<string> {
    await applied(stage, saying("one", aliases));
    await applied(stage, saying("two", aliases));
    return idOf("triage");
  }

  const hands: readonly (readonly [string, string, (id: string) => void])[] = [
    [
      "prod is moved back in the console",
      "prod",
      (id) => stage.emulator.world.setAlias(id, "prod", first),
    ],
    [
      "prod is moved back by rollback",
      "prod",
      async () => expect((await stage.run("rollback prod --auto-approve")).code).toBe(0),
    ],
    ["prod is removed", "prod", (id) => stage.emulator.world.removeAlias(id, "prod")],
    [
      "the default is switched back in the console",
      "@default",
      (id) => stage.emulator.world.switchVersion(id, first),
    ],
  ];

  test.each(hands)(
    "22a: %s: the next merge is refused with 4, overwritten when told to",
    async (_hand, pointer, act) => {
      stage = await setStage(behaviour);
      const id = await twoVersions();
      stage.passTime(3_600_000);
      await act(id);
      const stood = pointers(stage);
      expect(await drifts()).toEqual([2, [pointer]]);
      const merges: readonly Agents[] = [
        { ...saying("two"), other: { description: "changed", aliases: ["prod"] } },
        saying("three"),
      ];
      for (const merge of merges) {
        stage.write(acme(merge));
        const said = await refused(stage, 4);
        expect(said).toContain("triage");
        expect(said).toContain("--on-drift=overwrite");
      }
      expect(pointers(stage)).toEqual(stood);
      await applied(stage, saying("three"), "--on-drift=overwrite");
      expect(pointers(stage).triage).toEqual({ default: first + 2, prod: first + 2 });
      await expectNothingToDo(stage);
    },
  );

  test("22a: of two aliases one is moved back, another one is set on the way: 4, and only that one is drift", async () => {
    stage = await setStage(behaviour);
    const id = await twoVersions(["prod", "staging"]);
    stage.emulator.world.setAlias(id, "canary", first + 1);
    stage.passTime(3_600_000);
    stage.emulator.world.setAlias(id, "prod", first);
    stage.passTime(3_600_000);
    stage.emulator.world.setAlias(id, "canary", first);
    expect(await drifts()).toEqual([2, ["prod"]]);
    stage.write(acme(saying("three", ["prod", "staging"])));
    await refused(stage, 4);
  });

  test("22a: a revert is rolled forward in the console: 4 as well", async () => {
    stage = await setStage(behaviour);
    const id = await twoVersions();
    await applied(stage, saying("one"));
    stage.emulator.world.setAlias(id, "prod", first + 1);
    expect(await drifts()).toEqual([2, ["prod"]]);
    stage.write(acme(saying("three")));
    await refused(stage, 4);
  });

  test("22a: what is written down afterwards, as a number or by a revert, is no drift any more", async () => {
    stage = await setStage(behaviour);
    const id = await twoVersions();
    stage.emulator.world.setAlias(id, "prod", first);
    const pinned = { description: "two", aliases: { prod: first } };
    expect(await applied(stage, { ...saying("two"), triage: pinned })).toEqual([]);
    await expectNothingToDo(stage);
    await applied(stage, { ...saying("one") });
    expect(pointers(stage).triage).toMatchObject({ default: first, prod: first });
    expect(versionCount(stage)).toBe(3);
    await expectNothingToDo(stage);
  });

  // prod and staging both: a build writes a version and moves both, a reuse also remembers both.
  const both = (description: string): Agents => ({
    triage: { description, aliases: ["prod", "staging"] },
  });

  test("22b: SIGKILL around each write of a release: carried on, 0, no extra version", async () => {
    stage = await setStage(behaviour);
    await applied(stage, both("first"));
    for (const [made, [at, fate]] of around(3).entries()) {
      const agents = both(`${fate} ${at}`);
      stage.write(acme(agents));
      await killedAtWrite(stage, at, fate, "--parallelism 1");
      expect(await drifts(), `${fate} ${at}`).toEqual([0, []]);
      await applied(stage, agents);
      const version = first + made + 1;
      expect(pointers(stage), `${fate} ${at}`).toEqual({
        triage: { default: version, prod: version, staging: version },
      });
    }
    await expectNothingToDo(stage);
  });

  test("22b: SIGKILL around each write of a reuse: carried on, 0, no version", async () => {
    stage = await setStage(behaviour);
    for (const description of ["one", "two", "one"]) await applied(stage, both(description));
    const found: unknown[] = [];
    const wanted: unknown[] = [];
    // At least three writes: the default and both aliases.
    for (const [at, fate] of around(3)) {
      const isForward = pointers(stage).triage?.default === first;
      const to = isForward ? first + 1 : first;
      stage.write(acme(both(isForward ? "two" : "one")));
      await killedAtWrite(stage, at, fate, "--parallelism 1");
      const { code } = await stage.run("apply --auto-approve");
      const { default: stands, prod, staging } = pointers(stage).triage ?? {};
      found.push({ at, fate, code, stands, prod, staging });
      wanted.push({ at, fate, code: 0, stands: to, prod: to, staging: to });
      // Whatever became of it, the next one starts from a finished one.
      await stage.run("apply --auto-approve --on-drift=overwrite");
    }
    expect(found).toEqual(wanted);
    expect(versionCount(stage)).toBe(2);
    await expectNothingToDo(stage);
  });

  test("22b: SIGKILL around each write of a release after a reuse: carried on, whole", async () => {
    stage = await setStage(behaviour);
    const only = (description: string): Agents => ({ triage: { description, aliases: ["prod"] } });
    await applied(stage, only("0"));
    const found: unknown[] = [];
    const wanted: unknown[] = [];
    await applied(stage, only("1"));
    await applied(stage, only("0"));
    for (const [at, fate] of around(3)) {
      stage.write(acme(only(`${fate} ${at}`)));
      await killedAtWrite(stage, at, fate, "--parallelism 1");
      await applied(stage, only(`${fate} ${at}`));
      const version = agentNamed(stage, "triage").versions.at(-1)?.version;
      const { default: stands, prod } = pointers(stage).triage ?? {};
      found.push({ at, fate, stands, prod });
      wanted.push({ at, fate, stands: version, prod: version });
      await applied(stage, only("0"));
    }
    expect(found).toEqual(wanted);
  });
});

test("what a reuse remembers of one agent is not what rollback undoes after a newer release of another", async () => {
  stage = await setStage();
  const fleet = (a: string, b: string): Agents => ({
    a: { description: a, aliases: ["prod"] },
    b: { description: b, aliases: ["prod"] },
  });
  for (const [a, b] of [
    ["1", "1"],
    ["2", "1"],
    ["1", "1"],
    ["1", "2"],
  ] as const) {
    await applied(stage, fleet(a, b));
  }
  expect(pointers(stage)).toMatchObject({ a: { prod: 0 }, b: { prod: 1 } });
  const { code, err } = await stage.run("rollback prod --auto-approve");
  expect(code, err).toBe(0);
  expect(pointers(stage)).toMatchObject({ a: { prod: 0 }, b: { prod: 0, "prod-prev": 1 } });
});

/** Each of the first writes, and whether it is still carried out when the command is killed at it. */
function around(writes: number): readonly (readonly [at: number, fate: "lost" | "done"])[] {
  return Array.from({ length: writes }, (_, at) => at + 1).flatMap((at) => [
    [at, "lost"] as const,
    [at, "done"] as const,
  ]);
}
