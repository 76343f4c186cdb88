import { spawn } from "node:child_process";
import { existsSync, mkdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { parse } from "yaml";
import { acme, type Stage, setStage, untilEnd } from "../scenarios/stage.ts";
import { type ForgeStandIn, startForge } from "./forge-stand-in.ts";
import { shims } from "./shims.ts";

type Rule = {
  readonly if: string;
  readonly when?: string;
  readonly variables?: Readonly<Record<string, string>>;
};
type Job = {
  readonly extends?: string;
  readonly stage?: string;
  readonly image?: string;
  readonly before_script?: readonly string[];
  readonly script?: readonly string[];
  readonly variables?: Readonly<Record<string, string>>;
  readonly rules?: readonly Rule[];
  readonly needs?: readonly { readonly job: string; readonly artifacts: boolean }[];
  readonly resource_group?: string;
  readonly artifacts?: object;
};

const root = path.join(import.meta.dirname, "..", "..");
const template = readFileSync(path.join(root, "templates", "agentvane.gitlab-ci.yml"), "utf8");
const written = parse(template) as Readonly<Record<string, Job>>;

/** A job with what it extends, as GitLab merges them: maps are merged, lists are replaced. */
function jobOf(name: string): Job {
  const job = written[name] ?? {};
  const base = job.extends === undefined ? {} : (written[job.extends] ?? {});
  return {
    ...base,
    ...job,
    variables: { ...base.variables, ...job.variables },
    artifacts: { ...base.artifacts, ...job.artifacts },
  };
}

const names = Object.keys(written).filter((name) => !name.startsWith("."));

/** Comparisons with `==` and `!=`, joined by `&&`: more the template does not use. */
function applies(condition: string, variables: Readonly<Record<string, string>>): boolean {
  return condition.split("&&").every((part) => {
    const [, name = "", how, other, text] =
      /^\s*\$(\w+) ([!=])= (?:\$(\w+)|"([^"$]*)")\s*$/.exec(part) ?? [];
    if (name === "") throw new Error(`not understood: ${part}`);
    const isEqual = variables[name] === (other === undefined ? text : variables[other]);
    return isEqual === (how === "=");
  });
}

function ruleOf(name: string, variables: Readonly<Record<string, string>>): Rule | undefined {
  return jobOf(name).rules?.find((each) => applies(each.if, variables));
}

/** The jobs of a pipeline, and when each of them runs. */
function pipeline(variables: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const entries = names.flatMap((name) => {
    const rule = ruleOf(name, variables);
    return rule === undefined ? [] : [[name, rule.when ?? "on_success"] as const];
  });
  return Object.fromEntries(entries);
}

const push = { CI_PIPELINE_SOURCE: "push", CI_DEFAULT_BRANCH: "main" };
const mergeRequest = {
  CI_PIPELINE_SOURCE: "merge_request_event",
  CI_MERGE_REQUEST_SOURCE_PROJECT_ID: "42",
  CI_MERGE_REQUEST_PROJECT_ID: "42",
};

test.each([
  ["a merge request", mergeRequest, { "agentvane:plan": "on_success" }],
  [
    "one from a fork",
    { ...mergeRequest, CI_MERGE_REQUEST_SOURCE_PROJECT_ID: "7", AGENTVANE_PREVIEW: "true" },
    { "agentvane:validate": "on_success" },
  ],
  [
    "a merge request with a preview",
    { ...mergeRequest, AGENTVANE_PREVIEW: "true" },
    {
      "agentvane:plan": "on_success",
      "agentvane:preview": "on_success",
      "agentvane:preview:stop": "manual",
    },
  ],
  [
    "a schedule with previews",
    { CI_PIPELINE_SOURCE: "schedule", AGENTVANE_PREVIEW: "true" },
    { "agentvane:drift": "on_success", "agentvane:preview:sweep": "on_success" },
  ],
  [
    "the default branch",
    { ...push, CI_COMMIT_BRANCH: "main" },
    { "agentvane:plan": "on_success", "agentvane:apply": "manual" },
  ],
  [
    "the default branch, by itself",
    { ...push, CI_COMMIT_BRANCH: "main", AGENTVANE_APPLY: "auto" },
    { "agentvane:plan": "on_success", "agentvane:apply": "on_success" },
  ],
  ["another branch", { ...push, CI_COMMIT_BRANCH: "draft", AGENTVANE_APPLY: "auto" }, {}],
  ["a schedule", { CI_PIPELINE_SOURCE: "schedule" }, { "agentvane:drift": "on_success" }],
])("%s runs the expected jobs", (_name, variables, jobs) => {
  expect(pipeline(variables)).toEqual(jobs);
});

test("the template is pinned, has the history, and applies one plan at a time", () => {
  const { version } = JSON.parse(readFileSync(path.join(root, "package.json"), "utf8"));
  for (const name of names) {
    expect(jobOf(name).variables).toMatchObject({ AGENTVANE_VERSION: version, GIT_DEPTH: "0" });
    expect(jobOf(name).image).toMatch(/^node:\d+$/);
  }
  const apply = jobOf("agentvane:apply");
  expect(apply.resource_group).toBe("agentvane");
  expect(apply.needs).toEqual([{ job: "agentvane:plan", artifacts: true }]);
  expect(jobOf("agentvane:plan").artifacts).toMatchObject({
    when: "always",
    paths: ["agentvane-ci/"],
  });
});

describe("the jobs on the emulator", () => {
  let stage: Stage;
  let forge: ForgeStandIn;
  beforeEach(async () => {
    stage = await setStage();
    forge = await startForge("gitlab");
    stage.write(acme({ triage: { instructions: "Sort it out.", aliases: ["prod"] } }));
  });
  afterEach(async () => {
    await stage.close();
    await forge.close();
  });

  async function run(name: string, more: Readonly<Record<string, string>> = {}) {
    const { before_script = [], script = [], variables = {} } = jobOf(name);
    mkdirSync(path.join(stage.folder, "tmp"), { recursive: true });
    stage.passTime(60_000);
    const child = spawn(
      "bash",
      ["--norc", "-eo", "pipefail", "-c", [...before_script, ...script].join("\n")],
      {
        cwd: stage.folder,
        env: {
          ...shims(path.join(stage.folder, "tmp")),
          AGENTVANE_SERVER_URL: stage.url,
          CI_API_V4_URL: forge.url,
          CI_COMMIT_SHA: "d".repeat(40),
          CI_JOB_URL: "https://gitlab.example.test/acme/agents/-/jobs/1",
          CI_PROJECT_ID: "42",
          GITLAB_CI: "true",
          MISTRAL_API_KEY: "key-of-the-test",
          TMPDIR: path.join(stage.folder, "tmp"),
          ...variables,
          ...more,
        },
        stdio: ["ignore", "pipe", "pipe"],
      },
    );
    return untilEnd(child);
  }

  const request = { CI_MERGE_REQUEST_IID: "7", AGENTVANE_CI_TOKEN: "token-of-jo" };
  const result = (name: string) =>
    readFileSync(path.join(stage.folder, "agentvane-ci", name), "utf8");

  test("plan, note, apply of that plan, and no drift", async () => {
    const plan = await run("agentvane:plan", request);
    expect(plan.code, plan.out + plan.err).toBe(0);
    expect(forge.comments.map(({ body }) => body)).toEqual([expect.stringContaining("triage")]);
    expect(result("outputs.env")).toContain("AGENTVANE_CHANGES=true\n");
    expect(stage.takeWrites()).toEqual([]);

    const apply = await run("agentvane:apply");
    expect(apply.code, apply.out + apply.err).toBe(0);
    expect(stage.takeWrites()).toHaveLength(2);
    expect(JSON.parse(result("report.json")).released).toBe(true);

    const drift = await run("agentvane:drift");
    expect(drift.code, drift.out + drift.err).toBe(0);
  });

  test("drift: applied by a manual job, refused by an automatic one", async () => {
    await stage.run("apply --auto-approve");
    const [agent] = stage.emulator.control.agents();
    stage.emulator.control.editAgent(agent?.id ?? "", { description: "edited in the console" });
    stage.write(acme({ triage: { instructions: "Changed.", aliases: ["prod"] } }));
    await run("agentvane:plan");
    stage.takeWrites();
    const onMain = { ...push, CI_COMMIT_BRANCH: "main", AGENTVANE_APPLY: "auto" };
    const auto = await run("agentvane:apply", ruleOf("agentvane:apply", onMain)?.variables);
    expect(auto.code, auto.out + auto.err).toBe(4);
    expect(stage.takeWrites()).toEqual([]);
    const byHand = ruleOf("agentvane:apply", { ...onMain, AGENTVANE_APPLY: "" });
    const manual = await run("agentvane:apply", byHand?.variables);
    expect(manual.code, manual.out + manual.err).toBe(0);
  });

  test("an outdated plan is not applied", async () => {
    await run("agentvane:plan");
    stage.write(acme({ triage: { instructions: "Something else." } }));
    const apply = await run("agentvane:apply");
    expect(apply.code).toBe(4);
    expect(stage.takeWrites()).toEqual([]);
  });

  test("drift fails the scheduled pipeline", async () => {
    await stage.run("apply --auto-approve");
    const [agent] = stage.emulator.control.agents();
    stage.emulator.control.editAgent(agent?.id ?? "", { description: "edited in the console" });
    const drift = await run("agentvane:drift");
    expect(drift.code, drift.out + drift.err).toBe(2);
    expect(drift.out).toContain("triage");
  });

  const previews = {
    version: 1,
    project: "acme",
    defaults: { model: "mistral-small-latest" },
    environments: { prod: {}, "pr-*": { ephemeral: true } },
    agents: { triage: { instructions: "Sort it out." } },
  };
  const aboutRequest = { ...request, ...mergeRequest };
  const names = () =>
    stage.emulator.control.agents().map(({ id }) => stage.emulator.control.shown(id).name);

  test("a preview: created, updated, deleted when the merge request is closed, and swept", async () => {
    // Answers are dated as of now, so what is written has to be older.
    stage.passTime(-3_600_000);
    stage.write(previews);
    const opened = await run("agentvane:preview", aboutRequest);
    expect(opened.code, opened.out + opened.err).toBe(0);
    expect(names()).toEqual(["triage [pr-7]"]);
    const id = stage.emulator.control.agents()[0]?.id ?? "none";
    expect(forge.comments.map(({ body }) => body)).toEqual([expect.stringContaining(id)]);
    const stop = { ...aboutRequest, CI_ENVIRONMENT_ACTION: "stop" };
    const closed = await run("agentvane:preview:stop", stop);
    expect(closed.code, closed.out + closed.err).toBe(0);
    expect(names()).toEqual([]);
    expect(forge.comments.map(({ body }) => body)).toEqual([expect.stringContaining("deleted")]);
    await run("agentvane:preview", aboutRequest);
    const swept = await run("agentvane:preview:sweep", { CI_PIPELINE_SOURCE: "schedule" });
    expect(swept.code, swept.out + swept.err).toBe(0);
    // It is not a week old.
    expect(names()).toEqual(["triage [pr-7]"]);
    const all = { CI_PIPELINE_SOURCE: "schedule", AGENTVANE_CI_ARGS: "--older-than 1ms" };
    expect((await run("agentvane:preview:sweep", all)).code).toBe(0);
    expect(names()).toEqual([]);
  });

  test.each([
    ["done", 0, "Applied"],
    ["failed", 4, "Refused"],
  ])("the result of an apply after the merge is a note: %s", async (_name, code, words) => {
    const commit = "d".repeat(40);
    forge.merges.set(commit, [
      { iid: 6, state: "closed" },
      { iid: 5, state: "merged", merge_commit_sha: "e".repeat(40) },
      { iid: 7, state: "merged", merge_commit_sha: commit },
    ]);
    await run("agentvane:plan", { CI_PIPELINE_SOURCE: "push" });
    expect(forge.requests).toEqual([]);
    if (code !== 0) stage.write(acme({ triage: { instructions: "Something else." } }));
    const token = { AGENTVANE_CI_TOKEN: "token-of-jo", CI_PIPELINE_SOURCE: "push" };
    const apply = await run("agentvane:apply", token);
    expect(apply.code, apply.out + apply.err).toBe(code);
    expect(forge.comments.map(({ body }) => body)).toEqual([expect.stringContaining(words)]);
    expect(apply.out).toContain("The comment was created.");
  });

  test("for a fork the files are validated, and nothing else runs", async () => {
    const fork = { ...request, ...mergeRequest, CI_MERGE_REQUEST_SOURCE_PROJECT_ID: "7" };
    expect((await run("agentvane:validate", { ...fork, MISTRAL_API_KEY: "" })).code).toBe(0);
    stage.write("version: 1\nproject: acme\nagent: {}\n");
    const broken = await run("agentvane:validate", fork);
    expect(broken.code).toBe(3);
    expect(broken.out).toContain("error: unknown_key: agents.yaml:3:1 ");
    expect(stage.emulator.requests).toEqual([]);
    expect(forge.requests).toEqual([]);
  });

  test("paths in the outputs are relative to the checkout", async () => {
    await run("agentvane:plan", { CI_PROJECT_DIR: stage.folder });
    expect(result("outputs.env")).toContain("AGENTVANE_PLAN=agentvane-ci/plan.json\n");
    expect(result("outputs.env")).toContain("AGENTVANE_MARKDOWN=agentvane-ci/result.md\n");
    expect(result("outputs.env")).not.toContain(stage.folder);
  });

  test("without a token there is no note, but the plan is an artifact", async () => {
    const plan = await run("agentvane:plan", { CI_MERGE_REQUEST_IID: "7" });
    expect(plan.code, plan.out + plan.err).toBe(0);
    expect(forge.requests).toEqual([]);
    expect(existsSync(path.join(stage.folder, "agentvane-ci", "plan.json"))).toBe(true);
    expect(result("result.md")).toContain("triage");
  });
});
