import { readFileSync } from "node:fs";
import path from "node:path";
import { afterEach, describe, expect, test } from "vitest";
import { type Behaviour, likelyBehaviour, parseSwitches } from "../../src/emulator/behaviour.ts";
import { acme, type Stage, setStage } from "./stage.ts";

let stage: Stage;
afterEach(() => stage.close());

const unlike: Partial<Behaviour> = {
  first_version: 1,
  defaults: "not_echoed",
  trailing_whitespace: "stripped",
  listed_after_reads: 2,
  metadata_keys: 16,
  metadata_value_length: 512,
  completion_args_in_patch: "merge",
  metadata_in_patch: "merge",
  null_in_patch: "unchanged",
  identical_patch: "no_version",
  patch_base: "newest",
  alias_put: "touches_agent",
  alias_to_missing_version: 422,
  unknown_handoff: 422,
  unknown_model: "refused",
  deployment_chat_on_create: "ignored",
};

describe("doctor --probe", () => {
  test.each([
    ["the likely server", {}],
    ["a server that is unlike it in everything", unlike],
  ])("finds out how %s behaves, and leaves nothing behind", async (_name, behaviour) => {
    stage = await setStage(behaviour);
    stage.write(acme({ mine: { model: "mistral-small-latest" } }));
    const result = await stage.run("doctor --probe --format json --switches s.txt");
    expect(result.code, result.err).toBe(0);
    const { probed } = JSON.parse(result.out);
    const found = Object.fromEntries(probed.map(({ name, value }: never) => [name, value]));
    const actual = { ...likelyBehaviour, ...behaviour };
    for (const [name, value] of Object.entries(found)) {
      const expected = actual[name as keyof Behaviour];
      expect([name, value]).toEqual([name, expected === null ? "none" : expected]);
    }
    const asked = [...Object.keys(unlike), "patch_makes"];
    expect(Object.keys(found).toSorted()).toEqual(asked.toSorted());
    const lines = readFileSync(path.join(stage.folder, "s.txt"), "utf8").trim().split("\n");
    const switches = Object.entries(found).map(([name, value]) => [
      name,
      value === "none" ? null : value,
    ]);
    expect(parseSwitches(lines.map((line) => line.replace("--switch ", "")))).toEqual(
      Object.fromEntries(switches),
    );
    expect(stage.emulator.control.agents()).toEqual([]);
  });

  test("finds out that an update edits in place", async () => {
    stage = await setStage({ patch_makes: "same_version" });
    stage.write(acme({ mine: {} }));
    const { code, out, err } = await stage.run("doctor --probe --format json");
    expect(code, err).toBe(0);
    const { probed } = JSON.parse(out);
    expect(probed).toContainEqual({ name: "patch_makes", value: "same_version" });
    expect(stage.emulator.control.agents()).toEqual([]);
  });

  test("deletes the probe agent when it breaks off: 5; names it when it cannot: 6", async () => {
    stage = await setStage();
    stage.write(acme({ mine: {} }));
    stage.emulator.faults.add({ method: "PATCH", status: 503, times: null });
    const broken = await stage.run("doctor --probe");
    expect(broken.code, broken.err).toBe(5);
    expect(stage.emulator.control.agents()).toEqual([]);
    stage.emulator.faults.clear();
    stage.emulator.faults.add({ method: "DELETE", status: 422, times: null });
    const left = await stage.run("doctor --probe");
    expect(left.code).toBe(6);
    const [agent] = stage.emulator.control.agents();
    expect(left.err).toContain(agent?.id);
    stage.emulator.faults.clear();
    expect((await stage.run("doctor --probe")).code).toBe(0);
    expect(stage.emulator.control.agents()).toEqual([]);
  });

  test("touches no other agent, and without the flag nothing is written", async () => {
    stage = await setStage();
    stage.write(acme({ mine: { aliases: ["prod"] } }));
    await stage.run("apply --auto-approve");
    const [mine] = stage.emulator.control.agents();
    stage.takeWrites();
    expect((await stage.run("doctor")).code).toBe(0);
    expect(stage.takeWrites()).toEqual([]);
    expect((await stage.run("doctor --probe")).code).toBe(0);
    expect(stage.takeWrites().filter((write) => write.includes(mine?.id ?? "-"))).toEqual([]);
    expect(stage.emulator.control.agents()).toEqual([mine]);
  });
});
