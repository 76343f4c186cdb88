import { afterEach, describe, expect, test } from "vitest";
import type { JsonObject } from "../../src/emulator/json.ts";
import { acme, type Stage, setStage } from "./stage.ts";
import { agentNamed, applied, expectNothingToDo, pointers, versionCount } from "./steps.ts";

let stage: Stage;
afterEach(() => stage.close());

const limits = { metadata_keys: 16, metadata_value_length: 512 } as const;
const four = { team: "a", tier: "b", owner: "c", cost: "d" };
const aliases = ["prod", "staging", "canary"];
const everything = {
  description: "one",
  instructions: "i",
  tools: ["web_search"],
  completion_args: { temperature: 0.2, response_format: { type: "json_object" } },
  guardrails: [{ moderation_llm_v2: { action: "block" } }],
  handoffs: ["other"],
  deployment_chat: true,
  lifecycle: { prevent_destroy: true },
  aliases,
};

describe("with room for 16 members of 512 characters", () => {
  test.each([{}, { metadata_in_patch: "merge" }] as const)(
    "an agent with four labels is created, changed, reverted, edited outside and let go (%o)",
    async (behaviour) => {
      stage = await setStage({ ...limits, ...behaviour });
      const saying = (more: JsonObject) => ({
        triage: { ...everything, metadata: four, ...more },
        other: {},
      });
      await applied(stage, saying({}));
      await applied(stage, saying({ description: "two", metadata: { ...four, team: "z" } }));
      await applied(stage, saying({}));
      const { id } = agentNamed(stage, "triage");
      stage.emulator.control.editAgent(id, { description: "theirs" });
      await applied(stage, saying({ description: "three" }), "--on-drift=overwrite");
      stage.emulator.control.editInPlace(id, { description: "in place" });
      await applied(stage, saying({ description: "three" }), "--on-drift=overwrite");
      await expectNothingToDo(stage);
      const { metadata } = stage.emulator.control.shown(id);
      expect(Object.keys(metadata as JsonObject).length).toBeLessThanOrEqual(14);
      for (const value of Object.values(metadata as JsonObject)) {
        expect(String(value).length).toBeLessThan(400);
      }
      expect((await stage.run("forget triage")).code).toBe(0);
    },
  );

  test("too many labels: the refusal says what takes the room, and nothing is released", async () => {
    stage = await setStage(limits);
    await applied(stage, { triage: { ...everything, handoffs: [], metadata: four } });
    const before = [pointers(stage), versionCount(stage)];
    const many = Object.fromEntries(Array.from({ length: 12 }, (_, at) => [`label-${at}`, "x"]));
    const wide = { ...everything, handoffs: [], metadata: { ...four, ...many } };
    stage.write(acme({ triage: wide }));
    const { code, err } = await stage.run("apply --auto-approve");
    expect(code, err).toBe(5);
    expect(err).toContain("metadata may have at most 16 keys");
    expect(err).toMatch(
      /agentvane sent 16 labels and \d+ tags of its own, the longest with \d+ characters/,
    );
    expect([pointers(stage), versionCount(stage)]).toEqual(before);

    stage.write(acme({ triage: wide, long: { metadata: { essay: "x".repeat(513) } } }));
    const fresh = await stage.run("apply --auto-approve --only long");
    expect(fresh.code, fresh.err).toBe(5);
    expect(fresh.err).toMatch(/agentvane sent 1 label and/);
  });
});

test("a version with each tag by itself, of before they shared one, is read as it was", async () => {
  stage = await setStage();
  await applied(stage, { triage: { description: "one", aliases: ["prod"] } });
  const { id } = agentNamed(stage, "triage");
  const metadata = { ...(stage.emulator.control.shown(id).metadata as JsonObject) };
  const shared = String(metadata["agentvane.build"]).split(",");
  for (const pair of shared) {
    const [name = "", value = ""] = pair.split("=");
    metadata[`agentvane.${name}`] = value;
  }
  delete metadata["agentvane.build"];
  stage.emulator.control.editInPlace(id, { metadata });
  await expectNothingToDo(stage);
  await applied(stage, { triage: { description: "two", aliases: ["prod"] } });
  await applied(stage, { triage: { description: "one", aliases: ["prod"] } });
  expect(versionCount(stage)).toBe(2);
});
