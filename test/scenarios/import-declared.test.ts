import { readFileSync } from "node:fs";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type Stage, setStage } from "./stage.ts";
import { agentNamed, expectNothingToDo } from "./steps.ts";

// A key that is in the file and has no agent on the server: what import finds may be meant for it.
let stage: Stage;
beforeEach(async () => {
  stage = await setStage();
});
afterEach(() => stage.close());

const read = (file: string) => readFileSync(path.join(stage.folder, file), "utf8");
const head = "version: 1\nproject: acme\ndefaults: { model: m }\n";

async function run(code: number, command: string): Promise<string> {
  const result = await stage.run(command);
  expect(result.code, result.out + result.err).toBe(code);
  return result.out + result.err;
}

test("an agent that was forgotten is bound to its key again, and nothing creates a second one", async () => {
  stage.write(`${head}agents:\n  triage: # the first\n    description: Sorts\n  billing:\n`);
  await run(0, "apply --auto-approve");
  const { id } = agentNamed(stage, "triage");
  await run(0, "forget triage");
  expect(await run(0, "import --all")).toMatch(new RegExp(`bound triage to "triage"  ${id}`));
  expect(read("agents.yaml")).toContain("triage: # the first");
  expect(read("agents.yaml")).toContain(`id: ${id}`);
  expect(read("agents.yaml")).not.toContain("triage-2");
  await expectNothingToDo(stage);
  expect(stage.emulator.control.agents()).toHaveLength(2);
});

test("in an environment it is bound there", async () => {
  stage.write(`${head}environments: { prod: {} }\nagents:\n  triage:\n`);
  await run(0, "apply --auto-approve --env prod");
  const { id } = agentNamed(stage, "triage");
  await run(0, "forget triage --env prod");
  await run(0, "import --all --env prod");
  expect(read("agents.yaml")).toContain(`prod: { agents: { triage: { id: ${id} } } }`);
  await run(0, "plan --env prod --detailed-exitcode");
});

test("a key in a file that import does not write is named with what to write there", async () => {
  stage.write(`${head}include: [agents/*.yaml]\n`, { "agents/all.yaml": "agents: { triage: }\n" });
  await run(0, "apply --auto-approve");
  const { id } = agentNamed(stage, "triage");
  await run(0, "forget triage");
  const before = read("agents.yaml");
  expect(await run(0, "import --all")).toContain(`add id: ${id} to it`);
  expect(read("agents.yaml")).toBe(before);
  expect(await run(3, "plan")).toContain("tags_lost");
  const { left_out: leftOut } = JSON.parse((await stage.run("import --all --format json")).out);
  expect(leftOut).toEqual([{ id, name: "triage", unsaid: [], declared_as: "triage" }]);
});

test("an agent of the same name alone is left to the person; the others are imported", async () => {
  stage.write(`${head}agents:\n  triage:\n`);
  const { control } = stage.emulator;
  const { id } = control.seedAgent({ versions: [{ name: "triage", model: "m" }] });
  control.seedAgent({ versions: [{ name: "Billing", model: "m" }] });
  const said = await run(0, "import --all");
  expect(said).toMatch(/imported billing/);
  expect(said).toContain(
    `triage is in the file without an agent: if it is this one, add id: ${id} to it`,
  );
  expect(read("agents.yaml")).not.toContain(id);
  expect(await run(3, "plan")).toContain("name_taken");
});

test("nothing but a binding is written when nothing else is there to import", async () => {
  stage.write(`${head}agents:\n  triage: { description: Sorts }\n`);
  await run(0, "apply --auto-approve");
  const { id } = agentNamed(stage, "triage");
  await run(0, "forget triage");
  const { files, bound } = JSON.parse(await run(0, `import ${id} --format json`));
  expect({ files, bound }).toEqual({
    files: ["agents.yaml"],
    bound: [{ key: "triage", id, name: "triage" }],
  });
  expect(read("agents.yaml")).toContain(`triage: { id: ${id}, description: Sorts }`);
});
