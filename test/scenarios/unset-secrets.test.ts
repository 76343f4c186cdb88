import { afterEach, expect, test } from "vitest";
import type { Json } from "../../src/emulator/json.ts";
import { acme, type Stage, setStage } from "./stage.ts";
import { agentNamed, expectNothingToDo } from "./steps.ts";

let stage: Stage;
afterEach(() => stage.close());

const set = { CRM_TOKEN: "token-of-the-crm-1" };
const crm = (value: string): Json => ({
  type: "connector",
  connector_id: "crm",
  authorization: { type: "api-key", value },
});
const agents = (description: string, value = "${{ secrets.CRM_TOKEN }}") =>
  acme({
    triage: { description, tools: [crm(value)], aliases: ["prod"] },
    plain: { aliases: ["prod"] },
  });

test("only an apply that sends a secret needs it: everything else works without", async () => {
  stage = await setStage();
  stage.write(agents("first"));
  for (const args of ["validate", "graph", "render", "drift", "doctor"]) {
    const { code, err } = await stage.run(args);
    expect(code, `${args}: ${err}`).toBe(0);
  }
  const planned = await stage.run("plan --out plan.json");
  expect(planned.code, planned.err).toBe(0);
  expect(planned.out).toContain("an apply sends secrets that are not set here: CRM_TOKEN");
  const refused = await stage.run("apply --auto-approve");
  expect(refused.code).toBe(3);
  expect(refused.err).toContain("secret_unset");
  expect(refused.err).toContain("CRM_TOKEN");
  expect((await stage.run("apply plan.json")).code).toBe(3);
  expect(stage.takeWrites()).toEqual([]);
  // The plan was made without the secret, and holds where it is set.
  const applied = await stage.run("apply plan.json", set);
  expect(applied.code, applied.err).toBe(0);
  expect(JSON.stringify(agentNamed(stage, "triage").versions)).toContain(set.CRM_TOKEN);
  await expectNothingToDo(stage);
});

test("an apply that writes other agents needs no secret, nor does one that deletes or moves", async () => {
  stage = await setStage();
  stage.write(agents("first"));
  expect((await stage.run("apply --auto-approve", set)).code).toBe(0);
  const only = await stage.run("plan --detailed-exitcode");
  expect(only.code, only.out).toBe(0);
  expect(only.out).not.toContain("CRM_TOKEN");
  stage.write(
    acme({
      triage: {
        description: "first",
        tools: [crm("${{ secrets.CRM_TOKEN }}")],
        aliases: { prod: "latest", canary: 0 },
      },
      plain: { description: "changed", aliases: ["prod"] },
    }),
  );
  const applied = await stage.run("apply --auto-approve");
  expect(applied.code, applied.err).toBe(0);
  stage.write(agents("second"));
  expect((await stage.run("apply --auto-approve")).code).toBe(3);
  expect((await stage.run("apply --auto-approve --only plain")).code).toBe(0);
  expect((await stage.run("apply --auto-approve --resend-secrets triage")).code).toBe(3);
  expect((await stage.run("apply --auto-approve", set)).code).toBe(0);
});

test("a secret inside a longer text, and two in one, are named by their variables", async () => {
  stage = await setStage();
  stage.write(agents("first", "Basic ${{ secrets.CRM_USER }}:${{ secrets.CRM_TOKEN }}"));
  const { code, err } = await stage.run("apply --auto-approve", set);
  expect(code).toBe(3);
  expect(err).toContain("CRM_USER");
  expect(err).not.toContain("CRM_TOKEN");
  expect(err).not.toContain(set.CRM_TOKEN);
});

test("validate and graph take an unset env.X as a placeholder, whatever stands there, and say so", async () => {
  stage = await setStage();
  stage.write(
    `version: 1
project: acme
agents:
  triage:
    model: \${{ env.MODEL }}
    instructions: { file: "prompts/\${{ env.TONGUE }}.md" }
    completion_args: { temperature: "\${{ env.HEAT }}", tool_choice: "\${{ env.CHOICE }}" }
    deployment_chat: \${{ env.CHAT }}
    handoffs: ["\${{ env.CALLEE }}", billing]
  billing: { model: m }
`,
  );
  const validated = await stage.run("validate");
  expect(validated.code, validated.err).toBe(0);
  expect(validated.err).toContain("env.CALLEE, env.CHAT, env.CHOICE, env.HEAT");
  expect((await stage.run("validate -q")).err).toBe("");
  const graph = await stage.run("graph");
  expect(graph.code, graph.err).toBe(0);
  expect(graph.out).toContain("billing");
  for (const args of ["plan", "render"]) {
    const { code, err } = await stage.run(args);
    expect(code, args).toBe(3);
    expect(err).toContain("env.MODEL is not defined");
  }
});
