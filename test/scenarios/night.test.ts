import { rmSync } from "node:fs";
import path from "node:path";
import { afterEach, describe, expect, test } from "vitest";
import { acme, type Stage, setStage } from "./stage.ts";
import { agentNamed, pointers, refused } from "./steps.ts";

let stage: Stage;
afterEach(() => stage.close());

const token = { CRM_TOKEN: "token-of-the-crm-1" };
const whole = (description: string) => ({
  version: 1,
  project: "acme",
  defaults: { model: "m", metadata: { region: "${{ env.REGION }}" } },
  agents: {
    triage: {
      description,
      instructions: { file: "triage.md" },
      aliases: ["prod"],
      tools: [
        {
          type: "connector",
          connector_id: "crm",
          authorization: { type: "api-key", value: "${{ secrets.CRM_TOKEN }}" },
        },
      ],
    },
    plain: { aliases: ["prod"] },
  },
});

/** Two releases; then the night: nothing is set, and the files are broken in this way. */
async function setNight(breakFiles: () => void): Promise<void> {
  stage = await setStage();
  for (const description of ["first", "second"]) {
    stage.write(whole(description), { "triage.md": "You sort." });
    const { code, err } = await stage.run("apply --auto-approve", { ...token, REGION: "eu" });
    expect(code, err).toBe(0);
  }
  breakFiles();
  stage.takeWrites();
}

const below = "version: 1\nproject: acme\nagents:\n";
const breaks: readonly (readonly [string, () => void])[] = [
  ["nothing is set", () => {}],
  ["the prompt is missing", () => rmSync(path.join(stage.folder, "triage.md"))],
  ["an agent is broken", () => stage.write(`${below}  triage: { modle: [ }\n`)],
  ["a merge stands open", () => stage.write(`${below}<<<<<<< ours\n  plain: {}\n=======\n`)],
];

describe.each(breaks)("%s", (_name, breakFiles) => {
  test("and everything that defines nothing goes on", async () => {
    await setNight(breakFiles);
    for (const args of ["show", "show triage --json", "history triage", "history plain"]) {
      const { code, err } = await stage.run(args);
      expect(code, `${args}: ${err}`).toBe(0);
    }
    expect((await stage.run("rollback prod --auto-approve")).code).toBe(0);
    expect(pointers(stage).triage).toMatchObject({ prod: 0, "prod-prev": 1 });
    expect((await stage.run("promote prod canary --auto-approve")).code).toBe(0);
    expect(pointers(stage).triage).toMatchObject({ canary: 0 });
    expect((await stage.run("forget plain")).code).toBe(0);
    expect((await stage.run("show plain")).code).toBe(3);
  });

  test("and the pins that --write cannot write are printed, which is said before anything moves", async () => {
    await setNight(breakFiles);
    const { code, out, err } = await stage.run("rollback prod --auto-approve --write");
    expect(code, err).toBe(0);
    expect(pointers(stage).triage).toMatchObject({ prod: 0 });
    if (_name === "nothing is set" || _name === "the prompt is missing") return;
    expect(out).toContain("triage: { aliases: { prod: 0 } }");
    expect(err).toContain("agents.yaml cannot be edited");
  });
});

test("nothing at all is read with --project: not even the file that is there", async () => {
  await setNight(() => stage.write("project: [\n"));
  const { err } = await stage.run("show");
  expect(err).toContain("project_unknown");
  expect(err).toContain("--project");
  const named = await stage.run("rollback prod --project acme --auto-approve");
  expect(named.code, named.err).toBe(0);
  expect(pointers(stage).triage).toMatchObject({ prod: 0 });
  rmSync(path.join(stage.folder, "agents.yaml"));
  expect((await stage.run("show --project acme")).code).toBe(0);
  const nobody = await stage.run("show --project other");
  expect(nobody.code, nobody.err).toBe(0);
});

test("--project takes its key from MISTRAL_API_KEY or the variable that is named, and its environment from --env", async () => {
  stage = await setStage();
  const environments = { staging: {}, prod: { api_key_env: "OTHER_KEY" } };
  stage.write({ ...(acme({ a: { aliases: ["live"] } }) as object), environments });
  const env = { OTHER_KEY: "key-of-the-other" };
  for (const name of ["staging", "prod"]) {
    expect((await stage.run(`apply --env ${name} --auto-approve`, env)).code).toBe(0);
  }
  const unnamed = await refused(stage, 3, "show --project acme");
  expect(unnamed).toContain("environment_needed");
  expect(unnamed).toContain("prod, staging");
  expect((await stage.run("show --project acme --env prod")).code).toBe(0);
  const noKey = { MISTRAL_API_KEY: "" };
  expect((await stage.run("show --project acme --env prod", noKey)).err).toContain(
    "MISTRAL_API_KEY is not set",
  );
  const other = "show --project acme --env prod --api-key-env OTHER_KEY";
  const shown = await stage.run(other, { ...noKey, ...env });
  expect(shown.code, shown.err).toBe(0);
  for (const args of [
    "show --project acme --file agents.yaml",
    "show --api-key-env OTHER_KEY",
    "rollback live --project acme --write",
    "show --project Acme_1",
  ]) {
    expect((await stage.run(args)).code, args).toBe(64);
  }
});

describe("destroy takes what it cannot read for protected", () => {
  const protectedAgent = { ...whole("first").agents.triage, lifecycle: { prevent_destroy: true } };

  test.each([
    ["an entry", `${below}  plain: {}\n  triage: { lifecycle: { prevent_destroy: maybe } }\n`],
    ["the rest of the file", `${below}  plain: {}\n  triage: { lifecycle: [\n`],
    ["an included file", `include: [more/*.yaml]\n${below}  plain: {}\n`],
  ])("%s", async (_name, text) => {
    await setNight(() => stage.write(text, { "more/x.yaml": "agents: {" }));
    expect(await refused(stage, 3, "destroy --auto-approve")).toContain("protection_unknown");
    expect(await refused(stage, 3, "destroy --only triage --auto-approve")).toContain("triage");
    // Whoever names the project goes by the tags alone.
    const { code, err } = await stage.run("destroy --project acme --auto-approve");
    expect(code, err).toBe(0);
    expect(stage.emulator.control.agents()).toEqual([]);
  });

  test("a tag protects whatever the file says, also without a file", async () => {
    await setNight(() => stage.write({ ...whole("third"), agents: { triage: protectedAgent } }));
    expect((await stage.run("apply --auto-approve", { ...token, REGION: "eu" })).code).toBe(0);
    const bare = `${below}  triage: { model: m }\n  plain: { model: m }\n`;
    stage.write(bare);
    expect(await refused(stage, 3, "destroy --auto-approve")).toContain("protected");
    expect(await refused(stage, 3, "destroy --auto-approve --project acme")).toContain("protected");
  });
});

test("an agent that belongs to somebody else is not ours because the file binds its id", async () => {
  stage = await setStage();
  stage.write(acme({ theirs: { aliases: ["prod"] } }));
  expect((await stage.run("apply --auto-approve")).code).toBe(0);
  const { id } = agentNamed(stage, "theirs");
  stage.write(`version: 1\nproject: other\nagents: { mine: { model: m, id: ${id} } }\n`);
  const { code, out } = await stage.run("show");
  expect(code).toBe(0);
  expect(out).not.toContain(id);
  await refused(stage, 3, "rollback prod --to 0 --only mine --auto-approve");
});
