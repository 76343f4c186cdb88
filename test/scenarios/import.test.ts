import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type Stage, setStage } from "./stage.ts";

let stage: Stage;
beforeEach(async () => {
  stage = await setStage();
});
afterEach(() => stage.close());

const read = (file: string) => readFileSync(path.join(stage.folder, file), "utf8");
const env = { TRIAGE_CRM_TOKEN: "t", TRIAGE_BOT_CRM_TOKEN: "t" };

const prompt = 'Sort it out.\n\n- "quoted": yes\n- literally ${{ vars.x }} and $${{ env.Y }}\n';
const lookup = {
  name: "lookup",
  description: "Looks up",
  parameters: { type: "object", properties: { id: { type: "string" } } },
};

/** Agents as somebody made them in the console, which hand off to each other and to a stranger. */
function seed(): void {
  const { control } = stage.emulator;
  control.seedAgent({
    id: "ag_triage",
    versions: [
      { name: "Triage bot", model: "m", instructions: "old" },
      {
        name: "Triage bot",
        model: "m",
        instructions: prompt,
        description: "Finds the right one: # not a comment",
        tools: [
          { type: "web_search" },
          { type: "function", function: lookup },
          {
            type: "connector",
            connector_id: "crm",
            authorization: { type: "api-key", value: "hidden-token" },
          },
          { type: "magic", spell: 1 },
        ],
        completion_args: {
          temperature: 0.2,
          response_format: {
            type: "json_schema",
            json_schema: { name: "Case File", schema: { type: "object" } },
          },
        },
        metadata: { team: "support" },
        handoffs: ["ag_billing", "ag_stranger"],
      },
    ],
    aliases: { prod: 0, staging: 1 },
  });
  control.seedAgent({
    id: "ag_billing",
    versions: [{ name: "Billing", model: "m2", handoffs: ["ag_triage"] }],
  });
  control.seedAgent({
    id: "ag_stranger",
    versions: [
      {
        name: "Other",
        model: "m",
        metadata: { "agentvane.project": "other", "agentvane.key": "x" },
      },
    ],
  });
}

describe("import", () => {
  test("writes agents down so that planning finds nothing; nothing is written on the server", async () => {
    seed();
    const result = await stage.run("import --all --project acme");
    expect(result.code, result.err).toBe(0);
    expect(result.out + result.err).not.toContain("hidden-token");
    expect(result.out).toContain("TRIAGE_BOT_CRM_TOKEN");
    expect(result.out).toContain("magic");
    expect(read("prompts/triage-bot.md")).toContain("$${{ vars.x }}");
    expect(JSON.parse(read("tools/triage-bot-lookup.json"))).toEqual(lookup);
    expect(read("agents.yaml")).toContain("id: ag_triage");
    expect(existsSync(path.join(stage.folder, "schemas/triage-bot-case_file.json"))).toBe(true);
    const plan = await stage.run("plan --detailed-exitcode", env);
    expect(plan.code, plan.out + plan.err).toBe(0);
    expect(plan.out).toContain("adopt");
    expect(stage.takeWrites()).toEqual([]);
  });

  test("adds to a file with comments, order and defaults of its own", async () => {
    seed();
    const text = `# Ours.
version: 1
project: acme
defaults: { model: big, completion_args: { temperature: 0.9, top_p: 0.5 }, metadata: { team: x } }
agents: # all of them
  # The first.
  mine: { model: m } # keep
`;
    stage.write(text);
    const result = await stage.run("import ag_billing");
    expect(result.code, result.err).toBe(0);
    const lines = read("agents.yaml").split("\n");
    for (const line of text.split("\n")) expect(lines).toContain(line);
    const plan = await stage.run("plan --format json");
    const { agents } = JSON.parse(plan.out);
    expect(agents.map(({ key, action }: never) => [key, action])).toEqual([
      ["billing", "adopt"],
      ["mine", "create"],
    ]);
    expect((await stage.run("import ag_billing")).code).toBe(3);
  });

  test("of what an alias runs", async () => {
    seed();
    const result = await stage.run("import --name triage --alias prod --project acme");
    expect(result.code, result.err).toBe(0);
    expect(read("prompts/triage-bot.md")).toBe("old");
  });

  test("never writes over a file, and refuses what is not there or somebody else's", async () => {
    seed();
    stage.write("version: 1\nproject: acme\nagents:\n", { "prompts/triage-bot.md": "precious" });
    const before = read("agents.yaml");
    const result = await stage.run("import ag_triage");
    expect(result.code).toBe(3);
    expect(result.err).toContain("prompts/triage-bot.md");
    expect(read("prompts/triage-bot.md")).toBe("precious");
    expect(read("agents.yaml")).toBe(before);
    expect(existsSync(path.join(stage.folder, "tools"))).toBe(false);
    expect((await stage.run("import ag_nowhere")).code).toBe(3);
    expect((await stage.run("import ag_stranger")).code).toBe(3);
    expect((await stage.run("import")).code).toBe(64);
    const nameless = await stage.run("import --all -f none.yaml");
    expect(nameless.code).toBe(64);
    expect(nameless.err).toContain("add --project NAME");
    writeFileSync(path.join(stage.folder, "agents.yaml"), "agents: [broken");
    expect((await stage.run("import --all")).code).toBe(3);
  });

  test("into an environment: the definition is shared, the agent is bound there", async () => {
    seed();
    stage.write("version: 1\nproject: acme\nenvironments:\n  prod:\n  staging:\nagents:\n");
    const result = await stage.run("import ag_billing --env prod");
    expect(result.code, result.err).toBe(0);
    expect((await stage.run("plan --detailed-exitcode --env prod")).code).toBe(0);
    expect(
      (await stage.run("plan --detailed-exitcode --env staging --allow-duplicate-names")).code,
    ).toBe(2);
  });
});

describe("import and files", () => {
  test("into JSON, with --var, and into a folder that does not exist yet", async () => {
    seed();
    stage.write(
      '{ "version": 1, "project": "acme", "defaults": { "description": "${{ vars.who }}" } }',
    );
    const result = await stage.run("import ag_triage --var who=we");
    expect(result.code, result.err).toBe(0);
    expect(() => JSON.parse(read("agents.yaml"))).not.toThrow();
    expect((await stage.run("plan --detailed-exitcode --var who=we", env)).code).toBe(0);
  });

  test("never through a link that leads out of the project", async () => {
    seed();
    const outside = mkdtempSync(path.join(tmpdir(), "agentvane-outside-"));
    stage.write("version: 1\nproject: acme\nagents:\n");
    symlinkSync(outside, path.join(stage.folder, "prompts"));
    const before = read("agents.yaml");
    const result = await stage.run("import ag_triage");
    expect(result.code).toBe(1);
    expect(result.err).toContain("leads out of the project");
    expect(readdirSync(outside)).toEqual([]);
    expect(read("agents.yaml")).toBe(before);
    rmSync(outside, { recursive: true });
  });

  test("a file that has no place for agents stays as it is", async () => {
    seed();
    const text =
      "version: 1\nproject: acme\nagents: &all\n  a: { model: m }\n  b: { model: m, handoffs: [a] }\n...\n";
    stage.write(text);
    const result = await stage.run("import ag_billing");
    expect(result.code === 0 || read("agents.yaml") === text).toBe(true);
    expect((await stage.run("validate")).code).toBe(0);
  });
});

test.each(["2026", "null", "yes"])(
  "init makes a valid file in a folder called %s",
  async (name) => {
    mkdirSync(path.join(stage.folder, name));
    expect((await stage.run(`init -f ${name}/agents.yaml`)).code).toBe(0);
    expect((await stage.run(`validate -f ${name}/agents.yaml`)).code).toBe(0);
  },
);

test("init writes over nothing, a link that leads nowhere neither", async () => {
  symlinkSync("nowhere", path.join(stage.folder, "agents.yaml"));
  expect((await stage.run("init")).code).toBe(3);
  expect(existsSync(path.join(stage.folder, "nowhere"))).toBe(false);
});
