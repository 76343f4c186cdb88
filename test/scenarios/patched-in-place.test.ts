import { afterEach, expect, test } from "vitest";
import { agentTable } from "../../src/agent/agent-table.ts";
import { canonical } from "../../src/agent/canonical.ts";
import type { JsonObject } from "../../src/agent/json.ts";
import { acme, type Stage, setStage } from "./stage.ts";
import { agentNamed, expectNothingToDo, pointers, versionCount } from "./steps.ts";

// A server whose PATCH makes no version: nothing can be released there, and what a write did is taken back.
const inPlace = { patch_makes: "same_version" } as const;
const old = {
  description: "old",
  completion_args: { temperature: 0.1 },
  tools: ["web_search"],
  metadata: { team: "a" },
  aliases: ["prod"],
};
const fresh = {
  description: "new",
  instructions: "i",
  metadata: { team: "b", more: "x" },
  aliases: ["prod"],
};

let stage: Stage;
afterEach(() => stage.close());

const contents = () =>
  stage.emulator.control.agents().map(({ id }) => {
    const { metadata, ...content } = stage.emulator.control.shown(id);
    // A label that is null is none.
    const labels = Object.entries((metadata ?? {}) as JsonObject).filter(
      ([, label]) => label !== null,
    );
    return [canonical(agentTable, content), Object.fromEntries(labels)];
  });

/** The agents as they are after a first apply, with one change of the first one pending. */
async function pending(behaviour: object = {}): Promise<void> {
  stage = await setStage({ ...inPlace, ...behaviour });
  stage.write(acme({ triage: old, other: { description: "other" } }));
  expect((await stage.run("apply --auto-approve")).code).toBe(0);
  stage.write(acme({ triage: fresh, other: { description: "other" } }));
}

const patch = { method: "PATCH", path: "^/v1/agents/[^/]+$" } as const;

test.each([
  {},
  { metadata_in_patch: "merge", completion_args_in_patch: "merge" },
  { defaults: "not_echoed" },
])("what it changed is reverted, and nothing is released: 5 (%o)", async (behaviour) => {
  await pending(behaviour);
  const before = contents();
  const { code, err, out } = await stage.run("apply --auto-approve --report r.json");
  expect(code, out + err).toBe(5);
  expect(err).toContain("changed version 0 in place instead of making a new version");
  expect(err).toContain("reverted the content of triage version 0");
  expect(contents()).toEqual(before);
  expect(pointers(stage).triage).toEqual({ default: 0, prod: 0 });
  expect(versionCount(stage)).toBe(2);
  stage.write(acme({ triage: old, other: { description: "other" } }));
  await expectNothingToDo(stage);
});

test("the same when the answers are lost, whether to one PATCH or to all of them", async () => {
  for (const times of [1, 3]) {
    await pending();
    const before = contents();
    stage.emulator.faults.add({ ...patch, effect: "lose_answer", times });
    const { code, err } = await stage.run("apply --auto-approve");
    expect(code, err).toBe(5);
    expect(contents()).toEqual(before);
    if (times === 1) await stage.close();
  }
});

test("what cannot be reverted is named, with exit 6, and the next apply is refused until a person decides", async () => {
  await pending();
  stage.emulator.faults.add({ ...patch, skip: 1, status: 422, times: null });
  const { code, err } = await stage.run("apply --auto-approve --report r.json");
  expect(code, err).toBe(6);
  expect(err).toMatch(/not restored:.*description/);
});

test("agents in a circle and agents that are let go: nothing changes either", async () => {
  stage = await setStage(inPlace);
  stage.write(acme({ a: { handoffs: ["b"], aliases: ["prod"] }, b: { handoffs: ["a"] } }));
  const { code, err } = await stage.run("apply --auto-approve");
  expect(code, err).toBe(5);
  expect(stage.emulator.control.agents().flatMap(({ aliases }) => aliases)).toEqual([]);
  await stage.close();

  await pending();
  const before = contents();
  const forgotten = await stage.run("forget triage");
  expect(forgotten.code, forgotten.err).toBe(5);
  expect(contents()).toEqual(before);
  expect(agentNamed(stage, "triage").aliases).toHaveLength(1);
});
