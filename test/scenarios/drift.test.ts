import { afterEach, describe, expect, test } from "vitest";
import type { JsonObject } from "../../src/emulator/json.ts";
import { awkward, variantsNamed } from "./behaviour-variants.ts";
import { acme, type Stage, setStage } from "./stage.ts";
import {
  agentNamed,
  applied,
  expectNothingToDo,
  methodsOf,
  pointers,
  refused,
  versionCount,
} from "./steps.ts";

let stage: Stage;
afterEach(() => stage.close());

const prod = { aliases: ["prod"] };
const idOf = (name: string) => agentNamed(stage, name).id;
const edit = (patch: JsonObject) => stage.emulator.control.editAgent(idOf("triage"), patch);

/** The changes that a plan finds in the only agent, as "path origin". */
async function planned(): Promise<readonly string[]> {
  const { out } = await stage.run("plan --format json");
  const changes: readonly { path: string; origin: string }[] = JSON.parse(out).agents[0].changes;
  return changes.map(({ path, origin }) => `${path} ${origin}`);
}

/** What `drift` finds in the only agent: paths, and pointers with an at sign. */
async function drifted(): Promise<readonly string[]> {
  const { code, out, err } = await stage.run("drift --detailed-exitcode --format json");
  const { agents, aliases } = JSON.parse(out);
  const found = [
    ...agents.flatMap(({ changes }: { changes: readonly { path: string }[] }) =>
      changes.map(({ path }) => path),
    ),
    ...aliases.map(({ alias }: { alias: string }) => `@${alias}`),
  ];
  expect(code, err).toBe(found.length > 0 ? 2 : 0);
  return found;
}

// After a switch, the version that a PATCH starts from may be another one than the default, and what of it is
// merged or not cleared would come back.
describe.each([
  ...variantsNamed(
    "the likely behaviour",
    "PATCH onto the newest version",
    "null that means unchanged",
  ),
  awkward,
])("under %s", (_name, behaviour) => {
  const first = behaviour.first_version ?? 0;

  test("21: a revert costs no version, is remembered as prod-prev, and the next edit is no drift", async () => {
    stage = await setStage(behaviour);
    const old = {
      instructions: "old",
      completion_args: { temperature: 0.1 },
      metadata: { a: "1" },
      ...prod,
    };
    const fresh = {
      instructions: "new",
      description: "d",
      completion_args: { top_p: 0.9 },
      ...prod,
    };
    await applied(stage, { triage: old });
    await applied(stage, { triage: fresh });
    const content = (version: number) => {
      const {
        updated_at: _u,
        version: _v,
        ...shown
      } = stage.emulator.control.shown(idOf("triage"), version);
      return shown;
    };
    const before = content(first);
    const writes = await applied(stage, { triage: old });
    const { id } = agentNamed(stage, "triage");
    expect(writes.toSorted()).toEqual([
      `PATCH /v1/agents/${id}/version?version=${first}`,
      `PUT /v1/agents/${id}/aliases?alias=prod&version=${first}`,
      `PUT /v1/agents/${id}/aliases?alias=prod-prev&version=${first + 1}`,
    ]);
    // Callers of prod get the old version only when the way back is remembered.
    expect(writes.at(-1)).toContain("alias=prod&");
    expect(versionCount(stage)).toBe(2);
    expect(content(first)).toEqual(before);
    await expectNothingToDo(stage);
    await applied(stage, { triage: { ...old, instructions: "newer" } });
    expect(versionCount(stage)).toBe(3);
    expect(pointers(stage)).toEqual({ triage: { default: first + 2, prod: first + 2 } });
    expect(stage.emulator.control.shown(idOf("triage"))).toMatchObject({
      instructions: "newer",
      completion_args: expect.objectContaining({ temperature: 0.1 }),
    });
    expect(stage.emulator.control.shown(idOf("triage")).description ?? "").toBe("");
    await expectNothingToDo(stage);
  });
});

// Versions are compared by content, for which the server's ways with null and defaults matter, and told apart
// by what metadata says.
describe.each([...variantsNamed("the likely behaviour"), awkward])(
  "under %s",
  (_name, behaviour) => {
    test("22: an edit in the console, one in the file, both, the same in both, none", async () => {
      stage = await setStage(behaviour);
      const old = { description: "old", instructions: "old", ...prod };
      await applied(stage, { triage: old });
      expect([await planned(), await drifted()]).toEqual([[], []]);

      const fresh = { ...old, description: "yours" };
      stage.write(acme({ triage: fresh }));
      expect([await planned(), await drifted()]).toEqual([["description yours"], []]);

      edit({ instructions: "theirs" });
      expect(await planned()).toEqual(["description yours", "instructions drift"]);
      expect(await drifted()).toEqual(["instructions"]);

      edit({ description: "theirs" });
      expect(await planned()).toEqual(["description conflict", "instructions drift"]);
      expect(await drifted()).toEqual(["description", "instructions"]);
      expect(await refused(stage, 4)).toContain("--on-drift=overwrite");

      const versions = versionCount(stage);
      const theirs = { description: "theirs", instructions: "theirs", ...prod };
      expect(methodsOf(await applied(stage, { triage: theirs }))).toEqual(["PATCH", "PUT"]);
      expect(versionCount(stage)).toBe(versions + 1);
      await expectNothingToDo(stage);
      stage.write(acme({ triage: { ...theirs, description: "next" } }));
      expect([await planned(), await drifted()]).toEqual([["description yours"], []]);
      await applied(stage, { triage: { ...theirs, description: "next" } });
      await expectNothingToDo(stage);
    });
  },
);

// A server that merges an edit onto the newest version copies the tags of that one, and so names another base.
describe.each([
  ...variantsNamed("the likely behaviour"),
  [
    "the awkward one, but that an edit starts from the default",
    { ...awkward[1], patch_base: "default" },
  ],
] as const)("under %s", (_name, behaviour) => {
  test("22: an edit after a revert is told by itself, whatever the file wants, and copied it is applied", async () => {
    stage = await setStage(behaviour);
    const saying = (description: string) => ({
      triage: { description, instructions: "i", ...prod },
    });
    for (const description of ["one", "two", "one"]) await applied(stage, saying(description));
    edit({ description: "theirs" });
    const drifts: (readonly string[])[] = [];
    for (const description of ["one", "two", "theirs", "mine"]) {
      stage.write(acme(saying(description)));
      drifts.push(await drifted());
    }
    expect(drifts).toEqual(Array(4).fill(["description"]));
    stage.write(acme(saying("one")));
    expect(await planned()).toEqual(["description drift"]);
    expect(await refused(stage, 4)).toContain("--on-drift=overwrite");
    expect(methodsOf(await applied(stage, saying("theirs")))).toEqual(["PATCH", "DELETE", "PUT"]);
    await expectNothingToDo(stage);
  });
});

// All of it is metadata.
describe.each([...variantsNamed("the likely behaviour"), awkward])(
  "under %s",
  (_name, behaviour) => {
    test("22c: prevent_destroy added alone, removed alone: a version each; taken back: none", async () => {
      stage = await setStage(behaviour);
      const guarded = { lifecycle: { prevent_destroy: true }, ...prod };
      const protectedBy = (name: string) => {
        const { metadata } = stage.emulator.control.shown(idOf(name));
        return (metadata as JsonObject)["agentvane.protect"];
      };
      await applied(stage, { added: prod, removed: guarded });
      const writes = await applied(stage, { added: guarded, removed: prod });
      expect(methodsOf(writes)).toEqual(["PATCH", "PATCH", "PUT", "PUT"]);
      expect(versionCount(stage)).toBe(4);
      expect([protectedBy("added"), protectedBy("removed")]).toEqual(["true", "false"]);
      await expectNothingToDo(stage);
      await applied(stage, { added: prod, removed: guarded });
      expect(versionCount(stage)).toBe(4);
      expect([protectedBy("added"), protectedBy("removed")]).toEqual(["false", "true"]);
      await expectNothingToDo(stage);
    });

    test("22c: labels of others, added in the console, survive a revert: one version", async () => {
      stage = await setStage(behaviour);
      await applied(stage, { triage: { description: "old", metadata: { team: "x" }, ...prod } });
      await applied(stage, { triage: { description: "new", metadata: { team: "x" }, ...prod } });
      const { metadata } = stage.emulator.control.shown(idOf("triage"));
      edit({ metadata: { ...(metadata as JsonObject), theirs: "label" } });
      const before = versionCount(stage);
      const old = { description: "old", metadata: { team: "x" }, ...prod };
      expect(methodsOf(await applied(stage, { triage: old }))).toEqual(["PATCH", "PUT"]);
      expect(versionCount(stage)).toBe(before + 1);
      expect(stage.emulator.control.shown(idOf("triage"))).toMatchObject({
        description: "old",
        metadata: { team: "x", theirs: "label" },
      });
      await expectNothingToDo(stage);
    });
  },
);
