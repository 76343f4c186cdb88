import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { afterEach, describe, expect, test } from "vitest";
import type { JsonObject } from "../../src/emulator/json.ts";
import { type Stage, setStage } from "./stage.ts";

let stage: Stage;
afterEach(() => stage.close());

const args = (members: JsonObject) => ({ completion_args: members });
const connector = (authorization: JsonObject) => ({
  tools: [{ type: "connector", connector_id: "crm", authorization }],
});

/** What somebody else's agent may be, and the property that an import names. */
const odd: readonly (readonly [string, JsonObject, string])[] = [
  ["an unknown effort", args({ reasoning_effort: "ultra" }), "completion_args.reasoning_effort"],
  ["an unknown tool choice", args({ tool_choice: "specific" }), "completion_args.tool_choice"],
  [
    "an unknown format",
    args({ response_format: { type: "grammar" } }),
    "completion_args.response_format.type",
  ],
  ["a temperature of 1.5", args({ temperature: 1.5 }), "completion_args.temperature"],
  ["a seed that lost digits", args({ random_seed: 1234567890123456800 }), "random_seed"],
  ["a label that lost digits", { metadata: { order: 1234567890123456800 } }, "metadata"],
  ["a negative seed", args({ random_seed: -1 }), "completion_args.random_seed"],
  [
    "a forced built-in tool",
    { tools: [{ type: "web_search" }], ...args({ tool_choice: "required" }) },
    "completion_args.tool_choice",
  ],
  [
    "include with exclude",
    { tools: [{ type: "web_search", tool_configuration: { include: ["a"], exclude: ["b"] } }] },
    "tools",
  ],
  ["an unknown authorization", connector({ type: "basic", value: "hidden-value" }), "tools"],
  ["no libraries", { tools: [{ type: "document_library", library_ids: [] }] }, "tools"],
  ["an unknown action", { guardrails: [{ moderation_llm_v2: { action: "warn" } }] }, "guardrails"],
  ["a prompt over the limit", { instructions: "x".repeat(10 * 1024 * 1024) }, "instructions"],
];

const good = { name: "Good one", model: "m", instructions: "Hello.", description: "fine" };

describe("what this version may not say is named and left to the server", () => {
  test.each(odd)("%s", async (_name, members, property) => {
    stage = await setStage();
    stage.emulator.control.seedAgent({
      id: "ag_odd",
      versions: [{ name: "Odd one", model: "m", ...members }],
      aliases: { prod: 0, "Prod-EU": 0 },
    });
    stage.emulator.control.seedAgent({
      id: "ag_good",
      versions: [{ ...good, handoffs: ["ag_odd"] }],
    });
    const { code, out, err } = await stage.run("import --all --project imp");
    expect(code, err).toBe(0);
    expect(out).toContain(`${property}: `);
    expect(out).toContain('aliases.Prod-EU: "Prod-EU" is not an alias');
    expect(out).not.toContain("hidden-value");
    const text = readFileSync(path.join(stage.folder, "agents.yaml"), "utf8");
    expect(text).toContain(property);
    expect(text).toContain("odd-one");
    for (const command of ["validate", "plan --detailed-exitcode", "apply --auto-approve"]) {
      const outcome = await stage.run(command);
      expect(outcome.code, `${command}: ${outcome.out}${outcome.err}`).toBe(0);
    }
    expect(stage.takeWrites()).toEqual([]);
  });
});

test("an agent without what a file needs is left out and named; the others are written", async () => {
  stage = await setStage();
  const { control } = stage.emulator;
  control.seedAgent({ id: "ag_empty", versions: [{ name: "", model: "m" }] });
  control.seedAgent({ id: "ag_blank", versions: [{ name: "   ", model: "m" }] });
  control.seedAgent({ id: "ag_model", versions: [{ name: "No model", model: "" }] });
  control.seedAgent({ id: "ag_good", versions: [{ ...good, handoffs: ["ag_empty", "ag_con"] }] });
  control.seedAgent({ id: "ag_con", versions: [{ name: "CON", model: "m", instructions: "x" }] });
  const { code, out, err } = await stage.run("import --all --project imp");
  expect(code, err).toBe(0);
  expect(out.match(/left out/g)).toHaveLength(3);
  for (const id of ["ag_empty", "ag_blank", "ag_model"]) expect(out).toContain(id);
  const text = readFileSync(path.join(stage.folder, "agents.yaml"), "utf8");
  expect(text).toMatch(/^# yaml-language-server: \$schema=\.\/agents\.schema\.json\n/);
  expect(existsSync(path.join(stage.folder, "agents.schema.json"))).toBe(true);
  expect(text).toContain("id: ag_empty");
  expect(readdirSync(path.join(stage.folder, "prompts")).sort()).toEqual([
    "con_.md",
    "good-one.md",
  ]);
  const planned = await stage.run("plan --detailed-exitcode");
  expect(planned.code, planned.out + planned.err).toBe(0);
  const json = JSON.parse((await stage.run("import ag_blank --format json")).out);
  expect(json).toMatchObject({ errored: false, left_out: [{ id: "ag_blank" }] });
});

test("what the server fills in by itself is not written down", async () => {
  stage = await setStage();
  const moderation = { action: "block", model_name: "mistral-moderation-2603" };
  stage.emulator.control.seedAgent({
    id: "ag_a",
    versions: [{ ...good, guardrails: [{ moderation_llm_v2: moderation }] }],
  });
  expect((await stage.run("import ag_a --project imp")).code).toBe(0);
  const text = readFileSync(path.join(stage.folder, "agents.yaml"), "utf8");
  expect(text).toContain("action: block");
  expect(text).not.toContain("model_name");
  expect((await stage.run("plan --detailed-exitcode")).code).toBe(0);
});

test("a byte order mark at the start of instructions stays", async () => {
  stage = await setStage();
  stage.emulator.control.seedAgent({
    id: "ag_a",
    versions: [{ ...good, instructions: "\ufeff\ufeffHello.\n\n" }],
  });
  expect((await stage.run("import ag_a --project imp")).code).toBe(0);
  const planned = await stage.run("plan --detailed-exitcode");
  expect(planned.code, planned.out).toBe(0);
});

test("where no agent can be written, no file is", async () => {
  stage = await setStage();
  const parameters = { file: "nowhere.json" };
  stage.emulator.control.seedAgent({
    id: "ag_a",
    versions: [{ ...good, tools: [{ type: "function", function: { name: "f", parameters } }] }],
  });
  const { code, out, err } = await stage.run("import --all --project imp");
  expect(code, err).toBe(0);
  expect(out).toContain("left out");
  expect(readdirSync(stage.folder)).toEqual([]);
});
