import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import { afterEach, describe, expect, test } from "vitest";
import { encodings, spellings } from "../mask/spellings.ts";
import { acme, type Outcome, type Stage, setStage } from "./stage.ts";
import { applied } from "./steps.ts";

let stage: Stage;
afterEach(() => stage.close());

const file = (name: string) => readFileSync(path.join(stage.folder, name), "utf8");
const ajv = new Ajv2020({ strict: false });
const isPlan = ajv.compile(
  JSON.parse(readFileSync(new URL("../../schemas/plan.schema.json", import.meta.url), "utf8")),
);

describe("whatever the key is, documents keep their form", () => {
  const agents = {
    triage: {
      model: "mistral-medium-latest",
      instructions: "Test agent for prod support.",
      aliases: ["prod"],
    },
  };

  test.each([
    "true",
    "null",
    "agent",
    "version",
    "test",
    "prod",
    "triage",
    "create",
    "k1",
    "0",
    "mistral-medium-latest",
  ])("%s", async (key) => {
    stage = await setStage();
    stage.write(acme(agents));
    const env = { MISTRAL_API_KEY: key };
    const json = await stage.run("plan --format json", env);
    expect([json.code, isPlan(JSON.parse(json.out)), isPlan.errors]).toEqual([0, true, null]);
    expect(json.err).toContain("MISTRAL_API_KEY is too weak");
    const [planned] = JSON.parse(json.out).agents;
    expect([planned.key, planned.action]).toEqual(["triage", "create"]);
    if (key !== "mistral-medium-latest") expect(json.out).toContain('"mistral-medium-latest"');
    await stage.run("plan --out plan.json", env);
    const result = await stage.run("apply plan.json --report report.json", env);
    expect(result.code, result.err).toBe(0);
    expect(JSON.parse(file("report.json")).released).toBe(true);
  });

  test("a key of any other form is masked everywhere, and there is nothing to tell of it", async () => {
    stage = await setStage();
    stage.write(acme({ triage: { description: "about other-key-of-the-test" } }));
    const { out, err } = await stage.run("plan", { MISTRAL_API_KEY: "other-key-of-the-test" });
    expect(out).toContain("about ***");
    expect(err).not.toContain("weak");
  });

  test("doctor finds a secret that is too weak", async () => {
    stage = await setStage();
    stage.write(acme({ triage: {} }));
    const { out } = await stage.run("doctor --format json", { MISTRAL_API_KEY: "short" });
    expect(JSON.parse(out).findings).toContainEqual(
      expect.objectContaining({
        check: "secret_weak",
        status: "warning",
        details: { variable: "MISTRAL_API_KEY", weakness: "short" },
      }),
    );
  });
});

test("a plan that was saved with one key is applied with another one", async () => {
  stage = await setStage();
  const gates = [{ run: "echo judged with first-key-12345" }];
  const agents = { triage: { description: "uses first-key-12345", aliases: ["prod"] } };
  stage.write({ ...(acme(agents) as object), gates } as never);
  const planned = await stage.run("plan --out plan.json", { MISTRAL_API_KEY: "first-key-12345" });
  expect(planned.code, planned.err).toBe(0);
  expect(file("plan.json")).not.toContain("first-key");
  const result = await stage.run("apply plan.json", { MISTRAL_API_KEY: "second-key-12345" });
  expect(result.code, result.err).toBe(0);
  expect((await stage.run("plan --detailed-exitcode")).code).toBe(0);
});

/** A token with a sign that every format spells in its own way, and a key of several lines. */
const token = 'zqx"en/with+jvkq &  <wqzs>é';
const pem = `-----BEGIN PRIVATE KEY-----\n${"MIIEvQIBADANBgkq\n".repeat(2)}hkiG9w0BAQEFAASC\n-----END PRIVATE KEY-----`;
const traces = [
  "zqx",
  "jvkq",
  "wqzs",
  "MIIEvQ",
  "hkiG9w0",
  Buffer.from(token).toString("base64").slice(4, 16),
];

function expectNothingOf(...outcomes: readonly (Outcome | string)[]): void {
  for (const each of outcomes) {
    const text = typeof each === "string" ? each : each.out + each.err;
    for (const trace of traces) expect(text).not.toContain(trace);
  }
}

const crm = {
  type: "connector",
  connector_id: "crm",
  authorization: { type: "api-key", value: "${{ secrets.T }}" },
};
const signing = {
  ...crm,
  connector_id: "sign",
  authorization: { type: "api-key", value: "${{ secrets.P }}" },
};

describe("what a server repeats is masked before it is cut", () => {
  test.each([
    ["a token on the cut", (at: number) => `${"x".repeat(990 - at)} ${token}`],
    ["a key of several lines", () => `see\n\n${pem}\n`],
    ["a key whose lines were joined", () => pem.replaceAll("\n", "  ")],
  ])("%s", async (_name, reasonAt) => {
    stage = await setStage({}, { T: token, P: pem });
    stage.write(acme({ triage: { tools: [crm, signing], aliases: ["prod"] } }));
    for (const [nth, format] of ["text", "json", "markdown", "html"].entries()) {
      for (const detail of [
        reasonAt(nth * 5),
        [{ loc: ["body", token], msg: reasonAt(nth * 5 + 3) }],
      ]) {
        stage.emulator.faults.add({ method: "POST", status: 422, body: { detail } as never });
        const outcome = await stage.run(
          `apply --auto-approve --debug --report report.json --format ${format}`,
        );
        expect(outcome.code, outcome.err).toBe(5);
        expectNothingOf(outcome, file("report.json"));
      }
    }
  });
});

test("what a gate says is masked before it is split into lines, in every spelling", async () => {
  stage = await setStage({}, { T: token, P: pem });
  const gates = [{ run: "node gate.mjs", agents: ["triage"] }];
  const agents = { triage: { tools: [crm, signing], aliases: ["prod"] } };
  const said = [
    ...Object.values(spellings).map((spell) => spell(token)),
    ...encodings.map((encoding) => Buffer.from(`user:${token}`).toString(encoding)),
    pem,
    JSON.stringify({ pem }),
    pem.replaceAll("\n", "\r\n"),
  ].join("\nand\n");
  const script = `
    const text = ${JSON.stringify(said)};
    for (let at = 0; at < text.length; at += 7) {
      process.stdout.write(text.slice(at, at + 7));
      if (at % 5 === 0) await new Promise((resolve) => setImmediate(resolve));
    }
    console.error(text.split("").reverse().join("").length + " letters");
    process.exit(3);`;
  stage.write({ ...(acme(agents) as object), gates } as never, { "gate.mjs": script });
  const outcomes = [
    await stage.run("apply --auto-approve --report report.json"),
    await stage.run("apply --auto-approve --format json"),
    await stage.run("apply --auto-approve --format markdown"),
    await stage.run("apply --auto-approve --format html"),
  ];
  for (const { code, err } of outcomes) expect([1, 5], err).toContain(code);
  expectNothingOf(...outcomes, file("report.json"));
  const { operations } = JSON.parse(file("report.json"));
  const { output } = operations.find(({ kind }: { kind: string }) => kind === "gate_failed");
  expect(output.filter((line: string) => line === "and").length).toBe(21);
  expect(output).toContain(`${said.length} letters`);
});

describe("keys and secrets that stand in files", () => {
  const written = (text: string) => ({
    ...(acme({
      triage: { description: text, metadata: { note: text }, aliases: ["prod"] },
    }) as object),
    environments: { prod: {}, staging: { api_key_env: "STAGING_KEY" } },
  });
  const keys = { STAGING_KEY: "zqx-of-staging", MISTRAL_API_KEY: "zqx-of-prod-itself", T: token };

  test.each([
    ["the key", "zqx-of-prod-itself"],
    ["the key of an environment that was not chosen", "x zqx-of-staging y"],
    ["a secret that only a comment names", `as ${token} is`],
  ])("%s is masked in every command", async (_name, text) => {
    stage = await setStage({}, keys);
    const yaml = `# uses \${{ secrets.T }}\n${JSON.stringify(written(text))}`;
    stage.write(yaml);
    const commands = [
      "render",
      "render --format json",
      "validate --format json",
      "graph",
      "plan",
      "plan --format json --debug --out plan.json",
      "plan --format markdown",
      "plan --format html",
      "apply --auto-approve --report report.json",
      "show --json",
      "history triage",
      "drift --format json",
    ];
    for (const command of commands) {
      const outcome = await stage.run(`${command} --env prod`);
      expect([command, outcome.code, outcome.err.includes("bug in agentvane")]).toEqual([
        command,
        0,
        false,
      ]);
      expectNothingOf(outcome);
    }
    expectNothingOf(file("plan.json"), file("report.json"));
  });

  test("also where the file is wrong, at the very line", async () => {
    stage = await setStage({}, keys);
    for (const wrong of [
      `agents: { a: { model: m, zqx-of-staging: "${"zqx-of-prod-itself"}" } }`,
      `agents: { a: { model: m, description: "\${{ zqx-of-staging }}" } }`,
      `agents: { a: { model: m, completion_args: { tool_choice: zqx-of-staging } } }`,
      `agents: { a: { model: m, description: [zqx-of-prod-itself }`,
      `agents: { a: { model: m, instructions: { file: zqx-of-staging.md } } }`,
    ]) {
      stage.write(
        `version: 1\nproject: acme\nenvironments: { prod: {}, staging: { api_key_env: STAGING_KEY } }\n${wrong}\n`,
      );
      for (const format of ["text", "json"]) {
        const outcome = await stage.run(`validate --env prod --format ${format}`);
        expect(outcome.code).toBe(3);
        expectNothingOf(outcome);
      }
    }
  });

  test("also on a command line that cannot be understood", async () => {
    stage = await setStage({}, keys);
    stage.write(acme({ triage: {} }));
    for (const command of [
      "plan zqx-of-prod-itself",
      "zqx-of-prod-itself",
      "plan --zqx-of-prod-itself",
      "show zqx-of-prod-itself --json",
      "plan --only zqx-of-prod-itself --format json",
      "explain zqx-of-prod-itself",
    ]) {
      const outcome = await stage.run(command);
      expect([3, 64], command).toContain(outcome.code);
      expectNothingOf(outcome);
    }
  });
});

test("a version's message, which everybody can read, holds no secret", async () => {
  stage = await setStage(
    {},
    { GITHUB_ACTIONS: "true", GITHUB_ACTOR: "me-key-of-the-test-x", USER: "u" },
  );
  mkdirSync(path.join(stage.folder, "x"));
  writeFileSync(path.join(stage.folder, "x", "y"), "");
  await applied(stage, { triage: { aliases: ["prod"] } });
  const [agent] = stage.emulator.control.agents();
  const { version_message } = stage.emulator.control.shown(String(agent?.id));
  expect(version_message).toContain("me-***-x");
});
