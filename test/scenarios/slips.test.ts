import { mkdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { afterEach, describe, expect, test } from "vitest";
import { acme, type Stage, setStage, startCommand, untilEnd } from "./stage.ts";

let stage: Stage;
afterEach(() => stage.close());

describe("validate with environments", () => {
  const text = (staging: string, prod: string) =>
    `version: 1\nproject: acme\nenvironments:\n  staging: ${staging}\n  prod: ${prod}\nagents:\n  a: { model: m, instructions: "\${{ vars.tone }}" }\n`;
  const good = "{ vars: { tone: x } }";

  test("a problem names the environments in which it is one, and nobody is told to choose", async () => {
    stage = await setStage();
    stage.write(text(good, "{}"));
    const { code, err } = await stage.run("validate");
    expect(code).toBe(3);
    expect(err).toContain("vars.tone is not defined");
    expect(err).toContain("in environment prod");
    expect(err).not.toContain("none was chosen");
    const json = JSON.parse((await stage.run("validate --format json")).out);
    expect(json.error.details).toMatchObject([
      { code: "undefined_variable", environments: ["prod"] },
    ]);
  });

  test("what is wrong in all of them is told once, without a list", async () => {
    stage = await setStage();
    stage.write(`${text(good, good)}  b: { modle: m }\n`);
    const { err } = await stage.run("validate");
    expect(err.match(/"modle" is not known here/g)).toHaveLength(1);
    expect(err).not.toContain("in environment");
    expect(err).not.toContain("none was chosen");
  });

  test("a mistake in the environments themselves is told as such", async () => {
    stage = await setStage();
    stage.write(text(good, "{ api_key_evn: X, vars: { tone: y } }"));
    const { err } = await stage.run("validate");
    expect(err).toContain('Did you mean "api_key_env"?');
    expect(err.match(/api_key_evn" is not known/g)).toHaveLength(1);
  });
});

test("--var of a variable that nothing knows is a usage error, AGENTVANE_VAR_ a strict finding", async () => {
  stage = await setStage();
  stage.write({ ...(acme({ a: {} }) as object), vars: { tone: "x" } });
  for (const args of ["validate", "plan", "render", "graph", "drift"]) {
    const { code, err } = await stage.run(`${args} --var tome=y`);
    expect(code, args).toBe(64);
    expect(err).toContain('did you mean "tone"?');
    expect((await stage.run(`${args} --var tone=y`)).code).toBe(0);
  }
  const env = { AGENTVANE_VAR_tome: "y" };
  expect((await stage.run("validate", env)).code).toBe(0);
  const strict = await stage.run("validate --strict", env);
  expect(strict.code).toBe(3);
  expect(strict.err).toContain("AGENTVANE_VAR_tome");
  expect(strict.err).toContain('Did you mean "AGENTVANE_VAR_tone"?');
});

test("a forgotten { file: } is a note of the plan and a strict finding", async () => {
  stage = await setStage();
  stage.write(acme({ a: { instructions: "prompts/a.md" } }), { "prompts/a.md": "You sort." });
  expect((await stage.run("validate")).code).toBe(0);
  expect((await stage.run("validate --strict")).err).toContain("{ file: prompts/a.md }");
  const planned = await stage.run("plan");
  expect(planned.code).toBe(0);
  expect(planned.out).toContain("to use the file, write { file: prompts/a.md }");
});

test("names that nobody has are told with those that were meant", async () => {
  stage = await setStage();
  stage.write(acme({ triage: { aliases: ["prod"] }, billing: {} }));
  expect((await stage.run("apply --auto-approve")).code).toBe(0);
  for (const args of [
    "plan --only triaeg",
    "show triaeg",
    "history triaeg",
    "forget triaeg",
    "destroy --only triaeg --auto-approve",
    "output triaeg",
  ]) {
    const { code, err } = await stage.run(args);
    expect(code, args).toBe(3);
    expect(err, args).toContain('Did you mean "triage"?');
  }
  const { code, err } = await stage.run("rollback prd --auto-approve");
  expect(code).toBe(3);
  expect(err).toContain('Did you mean "prod"?');
  expect((await stage.run("promote prd staging --auto-approve")).err).toContain(
    'Did you mean "prod"?',
  );
});

test("flags of other tools get a hint at ours", async () => {
  stage = await setStage();
  stage.write(acme({ a: {} }));
  for (const [args, hint] of [
    ["apply -auto-approve", "--auto-approve"],
    ["apply --yes", "--auto-approve"],
    ["apply -y", "--auto-approve"],
    ["plan --json", "--format json"],
    ["plan -o json", "--format"],
    ["plan --output=json", "--format json"],
    ["apply --dry-run", "agentvane plan"],
    ["destroy --dry-run", "asks before it writes"],
    ["plan -detailed-exitcode", "--detailed-exitcode"],
    ["plan -format json", "--format"],
  ] as const) {
    const { code, err } = await stage.run(args);
    expect(code, args).toBe(64);
    expect(err, args).toContain(hint);
  }
});

test("agents.yml is hinted at", async () => {
  stage = await setStage();
  stage.write("x: 1\n");
  const { err } = await stage.run("validate --file agents.yml");
  expect(err).toContain("Did you mean --file agents.yaml?");
});

test.each(["2026", "null", "true", "1e3", "0x1f", "Ünïcode ünd mehr", "--", "a".repeat(70)])(
  "init in a folder called %s writes a file that is valid, and the schema that its first line names",
  async (name) => {
    stage = await setStage();
    const folder = path.join(stage.folder, name);
    mkdirSync(folder);
    const first = await untilEnd(startCommand(folder, "init", {}));
    expect(first.code, first.err).toBe(0);
    expect(first.out).toContain("agentvane plan --local");
    const valid = await untilEnd(startCommand(folder, "validate", {}));
    expect(valid.code, valid.err).toBe(0);
    const named = /\$schema=(\S+)/.exec(readFileSync(path.join(folder, "agents.yaml"), "utf8"));
    expect(JSON.parse(readFileSync(path.join(folder, named?.[1] ?? ""), "utf8"))).toHaveProperty(
      "$id",
    );
    expect((await untilEnd(startCommand(folder, "plan --local", {}))).code).toBe(0);
    expect((await untilEnd(startCommand(folder, "init", {}))).code).toBe(3);
  },
);

describe("a first mistake is answered with what to do", () => {
  const model = "model: mistral-medium-latest";
  test.each([
    ["{ model: m, instructions: Say: hi }", "Put a value that holds `: ` in quotes"],
    ["{ instructions: hi }", "Add it here, or under defaults for all agents."],
    [`{ ${model}, aliases: prod }`, "expected a list or a map, got a string"],
  ])("%s", async (agent, advice) => {
    stage = await setStage();
    stage.write(`version: 1\nproject: acme\nagents:\n  a: ${agent}\n`);
    const { code, err } = await stage.run("validate");
    expect(code).toBe(3);
    expect(err).toContain(advice);
  });

  test.each([
    ["plan", 3, "export MISTRAL_API_KEY=…"],
    ["doctor", 3, "export MISTRAL_API_KEY=…"],
    ["apply missing.json", 3, "agentvane plan --out FILE"],
    ["explain no-such-code-at-all", 64, "docs/problems.md lists all codes"],
    ["completion powershell", 64, "expected one of bash, zsh, fish"],
    ["check", 0, "Checks are defined under `checks` in agents.yaml."],
  ])("%s", async (args, expected, advice) => {
    stage = await setStage();
    stage.write(acme({ a: {} }));
    const keyless = ["plan", "doctor"].includes(args);
    const { code, out, err } = await stage.run(args, keyless ? { MISTRAL_API_KEY: "" } : {});
    expect(out + err).toContain(advice);
    expect(code).toBe(expected);
  });

  test("promote waits for no build, and does not speak of one", async () => {
    stage = await setStage();
    stage.write(acme({ a: { aliases: ["staging"] } }));
    expect((await stage.run("apply --auto-approve")).out).toContain(
      "Pointers to move once every version is built and verified:",
    );
    const { out } = await stage.run("promote staging prod --auto-approve");
    expect(out).toContain("\nPointers to move:\n");
  });
});
