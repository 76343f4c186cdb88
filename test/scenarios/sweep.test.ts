import { afterEach, beforeEach, expect, test } from "vitest";
import { type Stage, setStage } from "./stage.ts";

const day = 24 * 60 * 60 * 1000;
const agents = { triage: { model: "m", handoffs: ["billing"] }, billing: { model: "m" } };
const file = {
  version: 1,
  project: "acme",
  environments: { prod: {}, "pr-*": { ephemeral: true } },
  agents,
};

let stage: Stage;
beforeEach(async () => {
  stage = await setStage();
  stage.write(file);
});
afterEach(() => stage.close());

/** Environments on the server, each once. */
const left = () => [
  ...new Set(
    stage.emulator.control.agents().map(({ versions }) => {
      const metadata = versions.at(-1)?.content.metadata as Record<string, unknown>;
      return `${metadata["agentvane.project"]}/${metadata["agentvane.environment"]}`;
    }),
  ),
];
const run = async (args: string, code: number, env: Record<string, string> = {}) => {
  const outcome = await stage.run(args, env);
  expect(outcome.code, outcome.err + outcome.out).toBe(code);
  return outcome.out + outcome.err;
};

test("by age on the server's clock, where the newest version counts; prod and others stay", async () => {
  // The server's answers are dated as of now, whatever time its agents were written at.
  stage.passTime(-8 * day);
  await run("apply --auto-approve --env prod", 0);
  await run("apply --auto-approve --env pr-1", 0);
  await run("apply --auto-approve --env pr-2", 0);
  stage.write({ ...file, project: "other" });
  await run("apply --auto-approve --env pr-1", 0);
  stage.passTime(5 * day);
  stage.write({ ...file, agents: { ...agents, triage: { model: "m", description: "new" } } });
  await run("apply --auto-approve --env pr-2", 0);
  stage.passTime(3 * day);
  await run("destroy --ephemeral --older-than 9d --auto-approve", 0);
  expect(left()).toEqual(["acme/prod", "acme/pr-1", "acme/pr-2", "other/pr-1"]);
  // Three days ago only one agent of pr-2 was written, and that is how old pr-2 is.
  const out = await run("destroy --ephemeral --older-than 7d --auto-approve", 0, {
    AGENTVANE_ENV: "prod",
  });
  expect(out).toContain("environment pr-1");
  expect(left()).toEqual(["acme/prod", "acme/pr-2", "other/pr-1"]);
  await run("destroy --ephemeral --auto-approve", 0);
  expect(left()).toEqual(["acme/prod", "other/pr-1"]);
  stage.takeWrites();
  expect(await run("destroy --ephemeral --auto-approve", 0)).toContain(
    "No changes. There are no agents to delete.",
  );
  expect(stage.takeWrites()).toEqual([]);
});

test("without limits, with a report, and asks where nothing says yes", async () => {
  for (const at of [1, 2, 3]) await run(`apply --auto-approve --env pr-${at}`, 0);
  stage.takeWrites();
  await run("destroy --ephemeral", 64);
  expect(stage.takeWrites()).toEqual([]);
  const out = await run("destroy --ephemeral --auto-approve --format json", 0);
  const report = JSON.parse(out.slice(0, out.lastIndexOf("}") + 1));
  expect(report.plan?.summary?.delete ?? report.summary?.delete).toBe(6);
  expect(left()).toEqual([]);
});

test("an environment that the file names stays, and so does an agent without the tag", async () => {
  stage.write({ ...file, environments: { demo: { ephemeral: true }, "pr-*": {} } });
  await run("apply --auto-approve --env demo", 0);
  await run("apply --auto-approve --env pr-9", 0);
  await run("destroy --ephemeral --auto-approve", 0);
  expect(left()).toEqual(["acme/demo", "acme/pr-9"]);
  // No longer in the file: what the tag says is all that is known.
  stage.write({ ...file, environments: { prod: {} } });
  await run("destroy --ephemeral --auto-approve", 0);
  expect(left()).toEqual(["acme/pr-9"]);
});

test("with the key of each pattern, and not without one of them", async () => {
  const environments = {
    prod: { api_key_env: "PROD_KEY" },
    "pr-*": { ephemeral: true, api_key_env: "PR_KEY" },
    "try-*": { ephemeral: true, api_key_env: "TRY_KEY" },
  };
  const keys = { PR_KEY: "key-of-previews", TRY_KEY: "key-of-tries" };
  stage.write({ ...file, environments });
  await run("apply --auto-approve --env pr-1", 0, keys);
  await run("apply --auto-approve --env try-1", 0, keys);
  stage.takeWrites();
  const out = await run("destroy --ephemeral --auto-approve", 3, { PR_KEY: "key-of-previews" });
  expect(out).toContain("TRY_KEY is not set");
  expect(stage.takeWrites()).toEqual([]);
  await run("destroy --ephemeral --auto-approve", 0, keys);
  expect(left()).toEqual([]);
});

test("flags that contradict each other, and a project without a file", async () => {
  await run("apply --auto-approve --env pr-1", 0);
  stage.takeWrites();
  await run("destroy --ephemeral --only triage", 64);
  await run("destroy --older-than 7d --env pr-1", 64);
  await run("destroy --ephemeral --older-than soon", 64);
  expect(stage.takeWrites()).toEqual([]);
  await run("destroy --project acme --ephemeral --auto-approve", 0);
  expect(left()).toEqual([]);
});

test("one environment, which never is one that the file names", async () => {
  for (const name of ["prod", "pr-1", "pr-12"]) await run(`apply --auto-approve --env ${name}`, 0);
  stage.takeWrites();
  expect(await run("destroy --ephemeral --env prod --auto-approve", 64)).toContain(
    "--ephemeral does not delete prod",
  );
  expect(await run("destroy --ephemeral --env other --auto-approve", 3)).toContain(
    "unknown_environment",
  );
  expect(await run("destroy --ephemeral --env pr-2 --auto-approve", 0)).toContain(
    "No changes. There are no agents to delete.",
  );
  await run("destroy --ephemeral --env pr-1 --older-than 7d --auto-approve", 0);
  expect(stage.takeWrites()).toEqual([]);
  await run("destroy --ephemeral --env pr-1 --auto-approve", 0);
  expect(left()).toEqual(["acme/prod", "acme/pr-12"]);
  // Agents without the tag stay, even in the environment that is named.
  stage.write({ ...file, environments: { "pr-*": {} } });
  await run("apply --auto-approve --env pr-3", 0);
  stage.write(file);
  stage.takeWrites();
  expect(await run("destroy --ephemeral --env pr-3 --auto-approve", 0)).toContain(
    "No changes. There are no agents to delete.",
  );
  expect(stage.takeWrites()).toEqual([]);
});

test("one environment needs its own key alone", async () => {
  const environments = {
    "pr-*": { ephemeral: true, api_key_env: "PR_KEY" },
    "try-*": { ephemeral: true, api_key_env: "TRY_KEY" },
  };
  stage.write({ ...file, environments });
  await run("apply --auto-approve --env pr-1", 0, { PR_KEY: "key-of-previews" });
  await run("destroy --ephemeral --env pr-1 --auto-approve", 3, { TRY_KEY: "key-of-tries" });
  await run("destroy --ephemeral --env pr-1 --auto-approve", 0, { PR_KEY: "key-of-previews" });
  expect(left()).toEqual([]);
});
