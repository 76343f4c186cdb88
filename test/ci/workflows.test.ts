import { spawn } from "node:child_process";
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
import { stepsFromTarball } from "../../scripts/publication.mjs";
import type { Json } from "../../src/agent/json.ts";
import { acme, type Stage, setStage, untilEnd } from "../scenarios/stage.ts";
import { documentedBlocks, documentedRules, documentedWorkflow } from "./documented.ts";
import { type ForgeStandIn, startForge } from "./forge-stand-in.ts";
import { obeyed } from "./runner-log.ts";
import { installed, shims } from "./shims.ts";
import { artifactsOf, type JobResult, type RunnerWorld, runWorkflow } from "./workflow-runner.ts";

let stage: Stage;
let forge: ForgeStandIn;
let folder: string;
beforeEach(async () => {
  stage = await setStage();
  forge = await startForge("github");
  folder = mkdtempSync(path.join(tmpdir(), "agentvane-workflows-"));
});
afterEach(async () => {
  await stage.close();
  await forge.close();
  rmSync(folder, { recursive: true, force: true });
});

const head = "1".repeat(40);
const merged = "2".repeat(40);
const one = acme({ triage: { instructions: "Sort it out.", aliases: ["prod"] } });
const two = acme({ triage: { instructions: "Sort it out well.", aliases: ["prod"] } });

function world(eventName: string, event: object, github: Record<string, string>): RunnerWorld {
  stage.passTime(60_000);
  return {
    checkout: stage.folder,
    folder,
    eventName,
    event: { repository: { default_branch: "main" }, ...event },
    github,
    secrets: { MISTRAL_API_KEY: "key-of-the-test", MISTRAL_API_KEY_STAGING: "key-of-staging" },
    variables: {
      ...shims(folder),
      AGENTVANE_SERVER_URL: stage.url,
      GITHUB_API_URL: forge.url,
    },
  };
}

function pullRequest(from = "acme/agents"): RunnerWorld {
  const pull_request = { number: 7, head: { sha: head, repo: { full_name: from } } };
  return world("pull_request", { pull_request }, { ref_name: "7/merge", sha: "3".repeat(40) });
}

function onMain(eventName: "push" | "workflow_dispatch" | "schedule"): RunnerWorld {
  return world(eventName, {}, { ref_name: "main", sha: merged });
}

/** What GitHub's own command line would know after the pull request was merged. */
function tellGh(state: object): void {
  const known = { pulls: {}, runs: [], issues: [], labels: [], ...state };
  writeFileSync(path.join(folder, "gh-state.json"), JSON.stringify(known));
}

function afterMerge(): void {
  const run = { commit: head, event: "pull_request", workflow: "agentvane.yml", status: "success" };
  tellGh({
    pulls: { [merged]: [{ head: { sha: head } }] },
    runs: [{ ...run, databaseId: 77, artifacts: path.join(folder, "artifacts") }],
  });
}

const results = (jobs: Readonly<Record<string, JobResult>>) =>
  Object.fromEntries(Object.entries(jobs).map(([name, { result }]) => [name, result]));

const logs = (jobs: Readonly<Record<string, JobResult>>) =>
  Object.values(jobs)
    .map(({ log }) => log)
    .join("\n");

const shown = () =>
  stage.emulator.control.agents().map(({ id }) => stage.emulator.control.shown(id).instructions);

describe("agentvane.yml", () => {
  const text = documentedWorkflow("agentvane.yml");

  test("plans a pull request, and applies that plan when it is merged", async () => {
    stage.write(one);
    const planned = await runWorkflow(text, pullRequest());
    expect(results(planned), logs(planned)).toEqual({ plan: "success", apply: "skipped" });
    expect(stage.takeWrites()).toEqual([]);
    expect(forge.comments.map(({ body }) => body)).toEqual([expect.stringContaining("triage")]);
    expect(planned.plan?.summary).toContain("triage");
    expect(installed(folder)).toEqual(["agentvane@0.1.0"]);

    afterMerge();
    const applied = await runWorkflow(text, onMain("push"));
    expect(results(applied), logs(applied)).toEqual({ plan: "skipped", apply: "success" });
    expect(shown()).toEqual(["Sort it out."]);
    expect(stage.takeWrites()).toHaveLength(2);
    expect(applied.apply?.summary).toContain("triage");

    const again = await runWorkflow(text, pullRequest());
    expect(results(again), logs(again)).toEqual({ plan: "success", apply: "skipped" });
    expect(forge.comments).toHaveLength(1);
  });

  test("does not apply a stale plan", async () => {
    stage.write(one);
    await stage.run("apply --auto-approve");
    stage.write(two);
    await runWorkflow(text, pullRequest());
    const [agent] = stage.emulator.control.agents();
    stage.emulator.control.editAgent(agent?.id ?? "", { description: "theirs" });
    stage.takeWrites();
    afterMerge();
    const applied = await runWorkflow(text, onMain("push"));
    expect(results(applied)).toEqual({ plan: "skipped", apply: "failure" });
    expect(obeyed(logs(applied)).at(-1)?.properties.title).toMatch(
      /^agentvane apply: exit code 4, [a-z_]+$/,
    );
    expect(stage.takeWrites()).toEqual([]);
  });

  test.each([
    ["a commit without a pull request", {}, "without a pull request"],
    [
      "a pull request without a plan",
      { pulls: { [merged]: [{ head: { sha: head } }] } },
      "no plan",
    ],
  ])("applies nothing for %s", async (_name, state, words) => {
    stage.write(one);
    tellGh(state);
    const applied = await runWorkflow(text, onMain("push"));
    expect(results(applied)).toEqual({ plan: "skipped", apply: "failure" });
    expect(obeyed(logs(applied)).at(-1)?.data).toContain(words);
    expect(stage.takeWrites()).toEqual([]);
  });

  test("started by hand, makes a new plan, on the default branch only", async () => {
    stage.write(one);
    const elsewhere = world("workflow_dispatch", {}, { ref_name: "draft", sha: merged });
    expect(results(await runWorkflow(text, elsewhere))).toEqual({
      plan: "skipped",
      apply: "skipped",
    });
    const applied = await runWorkflow(text, onMain("workflow_dispatch"));
    expect(results(applied), logs(applied)).toEqual({ plan: "skipped", apply: "success" });
    expect(shown()).toEqual(["Sort it out."]);
  });

  test("a refused plan fails the pull request, and its comment says so", async () => {
    stage.write(one);
    await runWorkflow(text, pullRequest());
    stage.emulator.control.seedAgent({ versions: [{ name: "triage", model: "m" }] });
    const jobs = await runWorkflow(text, pullRequest());
    expect(results(jobs)).toEqual({ plan: "failure", apply: "skipped" });
    stage.write("version: 1\nproject: acme\nagent: {}\n");
    const broken = await runWorkflow(text, pullRequest());
    expect(results(broken)).toEqual({ plan: "failure", apply: "skipped" });
    expect(forge.comments.map(({ body }) => body)).toEqual([
      expect.stringContaining("is not known here"),
    ]);
  });
});

describe("agentvane-release.yml", () => {
  const text = documentedWorkflow("agentvane-release.yml");

  test("applies the reviewed plan, and nothing if the plan is empty", async () => {
    stage.write(one);
    const jobs = await runWorkflow(text, onMain("push"));
    expect(results(jobs), logs(jobs)).toEqual({ plan: "success", apply: "success" });
    expect(shown()).toEqual(["Sort it out."]);
    stage.takeWrites();
    const again = await runWorkflow(text, onMain("push"));
    expect(results(again), logs(again)).toEqual({ plan: "success", apply: "skipped" });
    expect(stage.takeWrites()).toEqual([]);
  });

  test("does not overwrite changes made outside agentvane if no review is required", async () => {
    stage.write(one);
    await stage.run("apply --auto-approve");
    const [agent] = stage.emulator.control.agents();
    stage.emulator.control.editAgent(agent?.id ?? "", { description: "edited in the console" });
    stage.write(two);
    stage.takeWrites();
    const jobs = await runWorkflow(text, onMain("push"));
    expect(results(jobs), logs(jobs)).toEqual({ plan: "success", apply: "failure" });
    expect(stage.takeWrites()).toEqual([]);
    const looked = text.replace(/^ *on-drift: fail.*\n/m, "");
    const reviewed = await runWorkflow(looked, onMain("push"));
    expect(results(reviewed), logs(reviewed)).toEqual({ plan: "success", apply: "success" });
  });
});

describe("agentvane-drift.yml", () => {
  const text = documentedWorkflow("agentvane-drift.yml");
  const issues = () => JSON.parse(readFileSync(path.join(folder, "gh-state.json"), "utf8")).issues;

  test("updates one issue, and closes it when there is no drift", async () => {
    tellGh({});
    stage.write(one);
    await stage.run("apply --auto-approve");
    const [agent] = stage.emulator.control.agents();
    const id = agent?.id ?? "";
    const night = async () => {
      const jobs = await runWorkflow(text, onMain("schedule"));
      expect(results(jobs), logs(jobs)).toEqual({ drift: "success" });
      return issues();
    };
    expect(await night()).toEqual([]);
    stage.emulator.control.editAgent(id, { description: "edited at night" });
    expect(await night()).toEqual([
      expect.objectContaining({ state: "open", body: expect.stringContaining("edited at night") }),
    ]);
    stage.emulator.control.editAgent(id, { description: "edited again" });
    expect(await night()).toEqual([
      expect.objectContaining({ state: "open", body: expect.stringContaining("edited again") }),
    ]);
    await stage.run("apply --auto-approve --on-drift=overwrite");
    expect(await night()).toEqual([expect.objectContaining({ state: "closed" })]);
    expect(await night()).toHaveLength(1);
  });

  test("fails if it cannot compare", async () => {
    tellGh({});
    stage.write(one);
    const jobs = await runWorkflow(text, {
      ...onMain("schedule"),
      secrets: { MISTRAL_API_KEY: "" },
    });
    expect(results(jobs)).toEqual({ drift: "failure" });
    expect(issues()).toEqual([]);
  });
});

describe("agentvane-validate.yml", () => {
  const text = documentedWorkflow("agentvane-validate.yml");

  test("needs no key, and reports problems at their lines", async () => {
    const fork = { ...pullRequest("mallory/agents"), secrets: {} };
    stage.write(one);
    expect(results(await runWorkflow(text, fork))).toEqual({ validate: "success" });
    stage.write("version: 1\nproject: acme\nagent: {}\n");
    const jobs = await runWorkflow(text, fork);
    expect(results(jobs)).toEqual({ validate: "failure" });
    expect(obeyed(logs(jobs))).toContainEqual(
      expect.objectContaining({
        command: "error",
        properties: expect.objectContaining({ file: "agents.yaml", line: "3" }),
      }),
    );
    expect(stage.emulator.requests).toEqual([]);
  });
});

describe("agentvane-environments.yml", () => {
  test("plans each environment, with its own comment and plan", async () => {
    const environments = {
      staging: { api_key_env: "MISTRAL_API_KEY_STAGING" },
      prod: { api_key_env: "MISTRAL_API_KEY" },
    };
    stage.write({ ...(one as object), environments } as Json);
    const text = documentedWorkflow("agentvane-environments.yml");
    for (let run = 0; run < 2; run += 1) {
      const jobs = await runWorkflow(text, pullRequest());
      expect(results(jobs), logs(jobs)).toEqual({
        "plan-staging": "success",
        "plan-prod": "success",
      });
    }
    expect(forge.comments).toHaveLength(2);
    expect(readdirSync(artifactsOf(pullRequest())).toSorted()).toEqual([
      "agentvane-plan-prod",
      "agentvane-plan-staging",
    ]);
  });
});

describe("custom rules", () => {
  const good = acme({
    triage: {
      instructions: "Sort it out.",
      completion_args: { temperature: 0.3 },
    },
  });

  /** A plan of a change from one configuration to another. */
  async function planned(from: Json | undefined, to: Json, args = ""): Promise<string> {
    if (from !== undefined) {
      stage.write(from);
      await stage.run("apply --auto-approve");
    }
    stage.write(to);
    const plan = path.join(stage.folder, "plan.json");
    await stage.run(`plan --out plan.json${args}`);
    expect(existsSync(plan)).toBe(true);
    return plan;
  }

  test("the step accepts a harmless plan and stops one that deletes agents", async () => {
    stage.write(good);
    const passed = await runWorkflow(documentedRules(), onMain("push"));
    expect(results(passed), logs(passed)).toEqual({ plan: "success" });
    await planned(acme({ triage: {}, old: {} }), acme({ triage: {} }), " --prune");
    const text = documentedRules().replace(
      "agentvane@v0.1.0\n",
      "agentvane@v0.1.0\n        with:\n          args: --prune\n",
    );
    const jobs = await runWorkflow(text, onMain("push"));
    expect(results(jobs)).toEqual({ plan: "failure" });
    expect(obeyed(logs(jobs)).at(-1)?.data).toBe("This plan deletes agents.");
  });

  const [rules = [], others = []] = documentedBlocks()
    .filter(({ language, text }) => language === "sh" && text.includes("jq "))
    .map(({ text }) => text.split("\n").filter((line) => line.startsWith("jq ")));

  async function jq(line: string): Promise<{ code: number | null; out: string; err: string }> {
    const child = spawn("bash", ["--norc", "-c", line], {
      cwd: stage.folder,
      env: shims(folder),
      stdio: ["ignore", "pipe", "pipe"],
    });
    return untilEnd(child);
  }

  const many = acme(Object.fromEntries([1, 2, 3, 4, 5, 6].map((each) => [`agent-${each}`, {}])));
  const aliased = acme({ triage: { aliases: ["prod"] } });
  const breaking: readonly [string, Json][] = [
    ["versions_to_create", many],
    ["prod", aliased],
    ['"model"', acme({ triage: { model: "mistral-tiny" } })],
    ["temperature", acme({ triage: { completion_args: { temperature: 0.9 } } })],
    ["billing", acme({ billing: {} })],
  ];

  test("each rule has an example that breaks it", () => {
    expect(rules).toHaveLength(breaking.length);
    expect(others).toHaveLength(1);
  });

  test("a good plan passes them all", async () => {
    await planned(undefined, good);
    for (const line of rules) expect(await jq(line), line).toMatchObject({ code: 0, err: "" });
  });

  test.each(breaking)("the rule with %s stops a plan that breaks it", async (word, bad) => {
    const line = rules.find((each) => each.includes(word)) ?? "";
    await planned(undefined, bad);
    expect(await jq(line), line).toMatchObject({ code: 1, err: "" });
  });

  test("each action names its agents", async () => {
    await planned(
      acme({ triage: {}, same: {} }),
      acme({ triage: { description: "x" }, same: {}, new: {} }),
    );
    const { out } = await jq(others[0] ?? "");
    expect(out.trim().split("\n").toSorted()).toEqual(["create new", "update triage"]);
  });
});

test("a version is installed once for a job, a path is used as it is, and anything else is refused", async () => {
  stage.write(one);
  mkdirSync(path.join(stage.folder, "node_modules"));
  const step = (version: string) =>
    `      - uses: agentvane/agentvane@v0.1.0\n        with: { command: validate, version: ${JSON.stringify(version)} }\n`;
  const run = (...versions: string[]) =>
    runWorkflow(
      `on: push\njobs:\n  a:\n    runs-on: x\n    steps:\n${versions.map(step).join("")}`,
      onMain("push"),
    );
  expect(results(await run("0.1.0", "0.1.0", "latest"))).toEqual({ a: "success" });
  expect(installed(folder)).toEqual(["agentvane@0.1.0", "agentvane@latest"]);
  const built = path.join(import.meta.dirname, "..", "..");
  expect(results(await run(built))).toEqual({ a: "success" });
  for (const version of [
    "./nope",
    "npm:evil",
    "1 --registry=x",
    "$(touch evil)",
    "1\n::error::x",
  ]) {
    const jobs = await run(version);
    expect(results(jobs)).toEqual({ a: "failure" });
    expect(obeyed(logs(jobs)).map(({ command }) => command)).toEqual(["error"]);
  }
  expect(installed(folder)).toEqual([]);
  expect(existsSync(path.join(stage.folder, "evil"))).toBe(false);
});

test("an installed package works as the action, and installs nothing", async () => {
  stage.write(one);
  const built = path.join(import.meta.dirname, "..", "..");
  const place = path.join(stage.folder, "node_modules", "agentvane");
  mkdirSync(place, { recursive: true });
  for (const name of ["action.yml", "package.json", "dist"]) {
    symlinkSync(path.join(built, name), path.join(place, name));
  }
  const jobs = await runWorkflow(
    `on: push\njobs:\n  plan:\n    runs-on: x\n    outputs:\n      changes: \${{ steps.plan.outputs.changes }}\n    steps:\n${stepsFromTarball}`,
    onMain("push"),
  );
  expect(results(jobs)).toEqual({ plan: "success" });
  expect(Object.values(jobs)[0]?.outputs).toEqual({ changes: "true" });
  expect(installed(folder)).toEqual([]);
});
