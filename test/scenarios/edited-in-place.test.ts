import { afterEach, describe, expect, test } from "vitest";
import type { JsonObject } from "../../src/emulator/json.ts";
import { awkward, variantsNamed } from "./behaviour-variants.ts";
import { acme, type Stage, setStage } from "./stage.ts";
import {
  type Agents,
  agentNamed,
  applied,
  expectNothingToDo,
  justBefore,
  killedBeforeWrite,
  methodsOf,
  pointers,
  refused,
  versionCount,
} from "./steps.ts";

let stage: Stage;
afterEach(() => stage.close());

const prod = { aliases: ["prod"] };
const idOf = (name = "triage") => agentNamed(stage, name).id;
const shown = (version?: number) => stage.emulator.control.shown(idOf(), version);

/** Somebody changes fields of a version, which stays that version. */
const editInPlace = (fields: JsonObject, version?: number) => {
  stage.passTime(3_600_000);
  return stage.emulator.control.editInPlace(idOf(), fields, version);
};
const labelInPlace = (labels: JsonObject) =>
  editInPlace({ metadata: { ...(shown().metadata as JsonObject), ...labels } });

async function planned(): Promise<readonly string[]> {
  const { out } = await stage.run("plan --format json");
  const { changes, action } = JSON.parse(out).agents[0];
  return [
    action,
    ...changes.map(({ path, origin }: { path: string; origin: string }) => `${path} ${origin}`),
  ];
}

/** What `drift` tells of properties, with the version that was edited in place. */
async function drifted(): Promise<readonly string[]> {
  const { out } = await stage.run("drift --format json");
  return JSON.parse(out).agents.flatMap(({ changes }: { changes: readonly JsonObject[] }) =>
    changes.map(({ path, before, after, in_place: inPlace, before_unknown: unknown }) =>
      [path, unknown ? "?" : before, after, inPlace].join(" "),
    ),
  );
}

type Field = readonly [name: string, mine: JsonObject, edited: () => unknown];

describe.each([
  ...variantsNamed("the likely behaviour", "null that means unchanged", "omitted secrets"),
  awkward,
])("under %s, a version edited in place", (_name, behaviour) => {
  const first = behaviour.first_version ?? 0;
  const old = {
    description: "old",
    instructions: "Sort it out.",
    completion_args: { temperature: 0.2 },
    metadata: { team: "a" },
  };
  const saying = (more: JsonObject = {}): Agents => ({ triage: { ...old, ...prod, ...more } });

  const fields: readonly Field[] = [
    ["description", { description: "mine" }, () => editInPlace({ description: "theirs" })],
    [
      "model",
      { model: "mistral-large-latest" },
      () => editInPlace({ model: "mistral-small-2506" }),
    ],
    [
      "completion_args.temperature",
      { completion_args: { temperature: 0.9 } },
      () => editInPlace({ completion_args: { temperature: 0.7 } }),
    ],
    [
      "tools[web_search]",
      { tools: ["web_search"] },
      () => editInPlace({ tools: [{ type: "web_search" }] }),
    ],
    ["metadata.team", { metadata: { team: "c" } }, () => labelInPlace({ team: "b" })],
  ];

  test.each(fields.filter(([name]) => !name.startsWith("tools")))(
    "22: in %s is named, refused with 4, and overwritten with one version, with or without a change in the file",
    async (name, mine, edited) => {
      for (const pending of [{}, mine]) {
        stage = await setStage(behaviour);
        await applied(stage, saying());
        await edited();
        stage.write(acme(saying(pending)));
        const isConflict = pending === mine;
        expect(await planned()).toEqual(["update", `${name} ${isConflict ? "conflict" : "drift"}`]);
        expect(await drifted()).toHaveLength(1);
        expect(await refused(stage, 4)).toContain("--on-drift=overwrite");
        const writes = await applied(stage, saying(pending), "--on-drift=overwrite");
        expect(methodsOf(writes)).toEqual(["PATCH", "PUT"]);
        expect(versionCount(stage)).toBe(2);
        await expectNothingToDo(stage);
        if (!isConflict) await stage.close();
      }
    },
  );

  test("22: is re-tagged where the file has it, and the next edit is no conflict", async () => {
    stage = await setStage(behaviour);
    await applied(stage, saying());
    editInPlace({ description: "theirs" });
    expect(methodsOf(await applied(stage, saying({ description: "theirs" })))).toEqual([
      "PATCH",
      "PUT",
    ]);
    expect(versionCount(stage)).toBe(2);
    await expectNothingToDo(stage);
    stage.write(acme(saying({ description: "next" })));
    expect([await planned(), await drifted()]).toEqual([["update", "description yours"], []]);
  });

  test("tells what was there before where the file still says it, and else that nobody knows", async () => {
    stage = await setStage(behaviour);
    await applied(stage, saying());
    editInPlace({ description: "theirs" });
    expect(await drifted()).toEqual([`description old theirs ${first}`]);
    stage.write(acme(saying({ instructions: "Other." })));
    expect(await drifted()).toEqual([`description old theirs ${first}`]);
    stage.write(acme(saying({ description: "mine" })));
    expect(await drifted()).toEqual([`description ? theirs ${first}`]);
    expect((await stage.run("drift")).out).toContain(
      `description: "theirs"  version ${first} was edited in place; its old value is unknown`,
    );
  });

  test("is told of an agent without aliases, whatever it was changed to", async () => {
    stage = await setStage(behaviour);
    const plain = (description: string): Agents => ({ triage: { ...old, description } });
    await applied(stage, plain("one"));
    await applied(stage, plain("two"));
    for (const description of ["three", "one", null]) {
      editInPlace({ description });
      expect(await planned()).toEqual(["update", "description drift"]);
      await refused(stage, 4);
      await applied(stage, plain("two"), "--on-drift=overwrite");
      await expectNothingToDo(stage);
    }
    expect(versionCount(stage)).toBe(5);
  });

  test("is nothing to go back to, and nothing that stands in the way of going back", async () => {
    stage = await setStage(behaviour);
    await applied(stage, saying());
    editInPlace({ description: "theirs" });
    await applied(stage, saying({ description: "two" }), "--on-drift=overwrite");
    // The old version has another content now than it was built with.
    expect(methodsOf(await applied(stage, saying()))).toEqual(["PATCH", "PUT"]);
    await expectNothingToDo(stage);
    expect(shown().description).toBe("old");
    const count = versionCount(stage);
    await applied(stage, saying({ description: "two" }));
    expect(versionCount(stage)).toBe(count);
    expect(methodsOf(await applied(stage, saying({ description: "theirs" })))).toContain("PATCH");
    await expectNothingToDo(stage);
  });

  test("behind an alias that the default has left is not taken from its callers unasked", async () => {
    stage = await setStage(behaviour);
    await applied(stage, saying());
    await applied(stage, { ...saying(), other: {} });
    const [id] = [idOf()];
    stage.emulator.control.editAgent(id, { instructions: "Theirs." });
    editInPlace({ description: "in place" }, first);
    stage.write(acme({ ...saying({ instructions: "Theirs." }), other: {} }));
    expect(await drifted()).toContain(`description old in place ${first}`);
    await refused(stage, 4);
    await applied(
      stage,
      { ...saying({ instructions: "Theirs." }), other: {} },
      "--on-drift=overwrite",
    );
    await expectNothingToDo(stage);
    expect(pointers(stage).triage).toEqual({ default: first + 2, prod: first + 2 });
  });

  test("under a pin is told by drift, and stands in the way of nothing", async () => {
    stage = await setStage(behaviour);
    await applied(stage, saying());
    await applied(stage, saying({ description: "two", aliases: { prod: first } }));
    editInPlace({ description: "in place" }, first);
    expect(await drifted()).toEqual([`description ? in place ${first}`]);
    await applied(stage, saying({ description: "three", aliases: { prod: first } }));
  });

  test("in what nobody manages is nothing", async () => {
    stage = await setStage(behaviour);
    const ignore = { lifecycle: { ignore_changes: ["completion_args.temperature"] } };
    await applied(stage, saying(ignore));
    editInPlace({ deployment_chat: true, completion_args: { temperature: 0.9 }, shiny: "new" });
    labelInPlace({ theirs: "x" });
    await expectNothingToDo(stage);
    // And what is ignored only since then.
    editInPlace({ description: "theirs" });
    const both = { lifecycle: { ignore_changes: ["completion_args.temperature", "description"] } };
    stage.write(acme(saying(both)));
    expect(await drifted()).toEqual([]);
    expect(await planned()).toEqual(["noop"]);
  });

  test("is not judged by what another form of the digits says", async () => {
    stage = await setStage(behaviour);
    await applied(stage, saying());
    for (const content of ["2:description=00000000", "", "nonsense"]) {
      labelInPlace({ "agentvane.content": content });
      expect(await drifted()).toEqual([]);
      expect(await planned()).toEqual(["noop"]);
    }
  });

  test("is none where an agent that it hands off to was made anew", async () => {
    stage = await setStage(behaviour);
    const pair: Agents = { triage: { ...old, ...prod, handoffs: ["helper"] }, helper: {} };
    await applied(stage, pair);
    stage.emulator.control.remove(idOf("helper"));
    expect(await drifted()).toEqual([]);
    await applied(stage, pair);
    await expectNothingToDo(stage);
  });
});

test("17: done between the plan and our write is not written over: 4, and the next plan names it", async () => {
  stage = await setStage();
  await applied(stage, { triage: { description: "old", ...prod } });
  stage.write(acme({ triage: { description: "old", instructions: "i", ...prod } }));
  justBefore(
    stage,
    ({ method, path }) => method === "GET" && /^\/v1\/agents\/ag_[^/?]+$/.test(path),
    () => editInPlace({ description: "theirs" }),
  );
  stage.takeWrites();
  const { code, err } = await stage.run("apply --auto-approve");
  expect(code, err).toBe(4);
  expect(stage.takeWrites()).toEqual([]);
  expect(await planned()).toEqual(["update", "description drift", "instructions yours"]);
});

test("what a server did not take of a new agent is told as that, and not as an edit", async () => {
  stage = await setStage();
  stage.emulator.faults.add({ method: "POST", effect: "alter", set: { description: "altered" } });
  stage.write(acme({ triage: { description: "mine", ...prod } }));
  // The second run sends nothing: it verifies again what is there.
  for (const expected of [5, 1]) {
    const { code, err } = await stage.run("apply --auto-approve");
    expect(code, err).toBe(expected);
    expect(err).toContain("did not accept description");
  }
  expect(await drifted()).toEqual([]);
});

describe("what looks as if the server had not taken it, overwritten on request, is written once more:", () => {
  const plain = (description: string): Agents => ({ triage: { description } });

  /** Verified again for as long as nobody says anything, and then one version and the end. */
  async function getsForward(agents: Agents): Promise<void> {
    const before = versionCount(stage);
    for (let run = 0; run < 2; run += 1) {
      const { code, err } = await stage.run("apply --auto-approve");
      expect(code, err).toBe(1);
      expect(err).toContain("--on-drift=overwrite");
    }
    expect(versionCount(stage)).toBe(before);
    await applied(stage, agents, "--on-drift=overwrite");
    expect(versionCount(stage)).toBe(before + 1);
    await expectNothingToDo(stage);
  }

  test("of a release that was not finished, edited to what the version before it says", async () => {
    stage = await setStage();
    await applied(stage, { triage: { description: "one", ...prod } });
    const agents = { triage: { description: "two", ...prod } };
    stage.write(acme(agents));
    await killedBeforeWrite(stage, 2);
    editInPlace({ description: "one" });
    await getsForward(agents);
    expect(pointers(stage)).toEqual({ triage: { default: 2, prod: 2 } });
  });

  test("within a second of the create of an agent without aliases", async () => {
    stage = await setStage();
    await applied(stage, plain("one"));
    stage.emulator.control.editInPlace(idOf(), { description: "theirs" });
    await getsForward(plain("one"));
  });

  test("the newest version of an agent without aliases, which a revert has left", async () => {
    stage = await setStage();
    for (const description of ["one", "two", "one"]) await applied(stage, plain(description));
    expect(pointers(stage)).toEqual({ triage: { default: 0 } });
    editInPlace({ description: "theirs" }, 1);
    stage.write(acme(plain("two")));
    await getsForward(plain("two"));
  });

  test("and no more than once, where the server takes it from nobody", async () => {
    stage = await setStage();
    await applied(stage, { triage: { description: "one", ...prod } });
    const set = { description: "one" };
    stage.emulator.faults.add({
      method: "PATCH",
      path: "ag_[^/]+$",
      effect: "alter",
      set,
      times: null,
    });
    stage.write(acme({ triage: { description: "two", ...prod } }));
    expect((await stage.run("apply --auto-approve")).code).toBe(5);
    const counts: number[] = [];
    for (let run = 0; run < 4; run += 1) {
      const { code, err } = await stage.run("apply --auto-approve --on-drift=overwrite");
      expect([1, 5], err).toContain(code);
      counts.push(versionCount(stage));
    }
    expect(counts.slice(1)).toEqual([counts[0], counts[0], counts[0]]);
  });
});
