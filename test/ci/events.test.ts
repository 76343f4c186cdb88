import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Json } from "../../src/agent/json.ts";
import { acme, type Stage, setStage } from "../scenarios/stage.ts";
import { documentedWorkflow } from "./documented.ts";
import { type ForgeStandIn, startForge } from "./forge-stand-in.ts";
import { obeyed } from "./runner-log.ts";
import { shims } from "./shims.ts";
import { type Happening, isTriggered, matches } from "./triggers.ts";
import { artifactsOf, type JobResult, type RunnerWorld, runWorkflow } from "./workflow-runner.ts";

let stage: Stage;
let forge: ForgeStandIn;
let folder: string;
beforeEach(async () => {
  stage = await setStage();
  forge = await startForge("github");
  folder = mkdtempSync(path.join(tmpdir(), "agentvane-events-"));
});
afterEach(async () => {
  await stage.close();
  await forge.close();
  rmSync(folder, { recursive: true, force: true });
});

const head = "1".repeat(40);
const merged = "2".repeat(40);
const key = "key-of-the-test";
const one = acme({ triage: { instructions: "Sort it out.", aliases: ["prod"] } });
const two = acme({ triage: { instructions: "Sort it out well.", aliases: ["prod"] } });
const broken = "version: 1\nproject: acme\nagent: {}\n";

function world(
  eventName: string,
  event: object,
  { secret = key, ...github }: Readonly<Record<string, string>> = {},
): RunnerWorld {
  stage.passTime(60_000);
  return {
    checkout: stage.folder,
    folder,
    eventName,
    event: { repository: { default_branch: "main" }, ...event },
    github: { ref_name: "main", ref: "refs/heads/main", sha: merged, ...github },
    secrets: { MISTRAL_API_KEY: secret },
    variables: {
      ...shims(folder),
      AGENTVANE_SERVER_URL: stage.url,
      GITHUB_API_URL: forge.url,
    },
  };
}

type Opened = { readonly from?: string; readonly author?: string; readonly secret?: string };

function pullRequest(
  action: string,
  { from = "acme/agents", author = "jo", secret = key }: Opened = {},
) {
  const pull_request = {
    number: 7,
    head: { sha: head, repo: { full_name: from } },
    user: { login: author },
  };
  return world("pull_request", { action, pull_request }, { secret, actor: author });
}

/** That the commit on main came with pull request 7. */
function merge(): void {
  forge.merges.set(merged, [
    { number: 6, merged_at: null },
    { number: 7, merged_at: "2026-11-30T12:00:00Z", merge_commit_sha: merged },
  ]);
  const run = { commit: head, event: "pull_request", workflow: "agentvane.yml", status: "success" };
  const known = {
    pulls: { [merged]: [{ head: { sha: head } }] },
    runs: [{ ...run, databaseId: 77, artifacts: path.join(folder, "artifacts") }],
    issues: [],
    labels: [],
  };
  writeFileSync(path.join(folder, "gh-state.json"), JSON.stringify(known));
}

const results = (jobs: Readonly<Record<string, JobResult>>) =>
  Object.fromEntries(Object.entries(jobs).map(([name, { result }]) => [name, result]));
const logs = (jobs: Readonly<Record<string, JobResult>>) =>
  Object.values(jobs)
    .map(({ log }) => log)
    .join("\n");
/** Notices, warnings and errors: title, and place in a file. */
const annotations = (jobs: Readonly<Record<string, JobResult>>) =>
  obeyed(logs(jobs)).flatMap(({ command, properties: { title, file, line } }) =>
    command.includes("group")
      ? []
      : [[command, title, ...(file === undefined ? [] : [`${file}:${line}`])]],
  );
const bodies = () => forge.comments.map(({ body }) => body);
const names = () =>
  stage.emulator.control
    .agents()
    .map(({ id }) => stage.emulator.control.shown(id).name)
    .sort();

describe("agentvane.yml", () => {
  const text = documentedWorkflow("agentvane.yml");

  test("opened, changed, merged: two comments, the plan and the result of its apply", async () => {
    stage.write(one);
    const opened = await runWorkflow(text, pullRequest("opened"));
    expect(results(opened), logs(opened)).toEqual({ plan: "success", apply: "skipped" });
    expect(annotations(opened)).toEqual([]);
    expect(bodies()).toEqual([expect.stringContaining("1 to create")]);
    stage.write(acme({ triage: { instructions: "x", aliases: ["prod"] }, billing: {} }));
    const changed = await runWorkflow(text, pullRequest("synchronize"));
    expect(results(changed), logs(changed)).toEqual({ plan: "success", apply: "skipped" });
    expect(bodies()).toEqual([expect.stringContaining("2 to create")]);
    merge();
    const applied = await runWorkflow(text, world("push", {}));
    expect(results(applied), logs(applied)).toEqual({ plan: "skipped", apply: "success" });
    expect(bodies()).toEqual([
      expect.stringContaining("2 to create"),
      expect.stringContaining("Applied"),
    ]);
    expect(bodies()[1]).toContain(`for commit ${merged.slice(0, 12)}`);
    expect(annotations(applied)).toEqual([]);
  });

  test("merged, and the apply fails: the pull request gets a comment", async () => {
    stage.write(one);
    await runWorkflow(text, pullRequest("opened"));
    stage.write(two);
    merge();
    const applied = await runWorkflow(text, world("push", {}));
    expect(results(applied)).toEqual({ plan: "skipped", apply: "failure" });
    expect(bodies()).toEqual([
      expect.stringContaining("agentvane plan"),
      expect.stringContaining("agentvane apply"),
    ]);
    expect(annotations(applied)).toEqual([
      ["error", expect.stringMatching(/^agentvane apply: exit code 4, \w+$/)],
    ]);
    expect(stage.takeWrites()).toEqual([]);
  });

  test.each([
    ["that came without a pull request", undefined],
    ["whose pull request cannot be looked up", 403],
  ])("a commit %s is applied by hand, without a comment or a failure", async (_name, status) => {
    stage.write(one);
    if (status !== undefined) forge.fail({ method: "GET", status, times: 1 });
    const jobs = await runWorkflow(text, world("workflow_dispatch", {}));
    expect(results(jobs), logs(jobs)).toEqual({ plan: "skipped", apply: "success" });
    expect(bodies()).toEqual([]);
    expect(annotations(jobs)).toEqual(
      status === undefined ? [] : [["notice", "agentvane: no comment"]],
    );
  });

  test("invalid files: annotation and comment have the code and the line", async () => {
    stage.write(broken);
    const jobs = await runWorkflow(text, pullRequest("opened"));
    expect(results(jobs)).toEqual({ plan: "failure", apply: "skipped" });
    expect(annotations(jobs)).toEqual([
      ["error", "agentvane plan: exit code 3, unknown_key", "agents.yaml:3"],
    ]);
    expect(bodies()).toEqual([expect.stringContaining("is not known here")]);
  });

  test("refused by the server: the annotation has the code", async () => {
    stage.write(one);
    stage.emulator.control.seedAgent({ versions: [{ name: "triage", model: "m" }] });
    const jobs = await runWorkflow(text, pullRequest("opened"));
    expect(annotations(jobs)).toEqual([
      ["error", expect.stringMatching(/^agentvane plan: exit code 3, [a-z_]*name[a-z_]*$/)],
    ]);
  });

  const outsiders: readonly [string, Opened, string][] = [
    ["a fork", { from: "mallory/agents" }, "from a fork"],
    ["a fork that is gone", { from: "" }, "from a fork"],
    ["Dependabot", { author: "dependabot[bot]" }, "of Dependabot"],
  ];

  test.each(outsiders)(
    "%s: validates without secrets and skips the plan with a notice",
    async (_name, opened, words) => {
      stage.write(one);
      const jobs = await runWorkflow(text, pullRequest("opened", { ...opened, secret: "" }));
      expect(results(jobs), logs(jobs)).toEqual({ plan: "success", apply: "skipped" });
      expect(annotations(jobs)).toEqual([["notice", "agentvane plan was skipped"]]);
      expect(obeyed(logs(jobs)).at(-1)?.data).toContain(words);
      expect(obeyed(logs(jobs)).at(-1)?.data).toContain("MISTRAL_API_KEY is not set");
      expect(jobs.plan?.summary).toContain(words);
      expect(bodies()).toEqual([]);
      expect(stage.emulator.requests).toEqual([]);
      stage.write(broken);
      const wrong = await runWorkflow(text, pullRequest("opened", { ...opened, secret: "" }));
      expect(results(wrong)).toEqual({ plan: "failure", apply: "skipped" });
      expect(annotations(wrong)).toEqual([
        ["error", "unknown_key", "agents.yaml:3"],
        ["error", "agentvane validate: exit code 3, unknown_key"],
      ]);
    },
  );

  test.each(outsiders)("%s with a key is planned", async (_name, opened) => {
    stage.write(one);
    const jobs = await runWorkflow(text, pullRequest("opened", opened));
    expect(results(jobs), logs(jobs)).toEqual({ plan: "success", apply: "skipped" });
    expect(bodies()).toEqual([expect.stringContaining("1 to create")]);
  });

  test("skips a plan with another unset variable; fails for a pull request of the repository itself", async () => {
    stage.write(acme({ triage: { instructions: "${{ env.REGION }}" } }));
    const fork = await runWorkflow(text, pullRequest("opened", { from: "mallory/agents" }));
    expect(results(fork), logs(fork)).toEqual({ plan: "success", apply: "skipped" });
    expect(obeyed(logs(fork)).at(-1)?.data).toContain("REGION is not set");
    const own = await runWorkflow(text, pullRequest("opened"));
    expect(results(own)).toEqual({ plan: "failure", apply: "skipped" });
    stage.write(one);
    const keyless = await runWorkflow(text, pullRequest("opened", { secret: "" }));
    expect(results(keyless)).toEqual({ plan: "failure", apply: "skipped" });
    expect(annotations(keyless)).toEqual([["error", "agentvane plan: exit code 3, key_missing"]]);
  });

  test("after a fork was merged nothing is applied automatically", async () => {
    stage.write(one);
    await runWorkflow(text, pullRequest("opened", { from: "mallory/agents", secret: "" }));
    merge();
    const jobs = await runWorkflow(text, world("push", {}));
    expect(results(jobs)).toEqual({ plan: "skipped", apply: "failure" });
    expect(obeyed(logs(jobs)).at(-1)?.data).toContain("Run this workflow by hand");
    expect(stage.takeWrites()).toEqual([]);
  });
});

describe("agentvane-queue.yml", () => {
  const text = documentedWorkflow("agentvane-queue.yml");

  test("the queue plans what would be merged, and the push applies it", async () => {
    stage.write(one);
    await runWorkflow(text, pullRequest("opened"));
    stage.write(two);
    const group = { merge_group: { head_sha: merged, base_ref: "refs/heads/main" } };
    const queued = await runWorkflow(text, world("merge_group", group));
    expect(results(queued), logs(queued)).toEqual({ plan: "success", apply: "skipped" });
    expect(annotations(queued)).toEqual([]);
    expect(bodies()).toHaveLength(1);
    expect(stage.takeWrites()).toEqual([]);
    merge();
    const pushed = await runWorkflow(text, world("push", {}));
    expect(results(pushed), logs(pushed)).toEqual({ plan: "skipped", apply: "success" });
    expect(bodies()).toEqual([expect.anything(), expect.stringContaining("Applied")]);
  });

  test("a merge group whose plan fails is not merged", async () => {
    stage.write(broken);
    const queued = await runWorkflow(text, world("merge_group", { merge_group: {} }));
    expect(results(queued)).toEqual({ plan: "failure", apply: "skipped" });
    expect(annotations(queued)).toEqual([
      ["error", "agentvane plan: exit code 3, unknown_key", "agents.yaml:3"],
    ]);
  });

  test("a plan that deletes agents is not applied automatically", async () => {
    stage.write(acme({ triage: {}, old: {} }));
    await stage.run("apply --auto-approve");
    stage.write(acme({ triage: {} }));
    stage.takeWrites();
    const pruning = text.replace("--max-deletes 0", "--prune --max-deletes 0");
    const jobs = await runWorkflow(pruning, world("push", {}));
    expect(results(jobs)).toEqual({ plan: "skipped", apply: "failure" });
    expect(stage.takeWrites()).toEqual([]);
  });
});

describe("agentvane-preview.yml", () => {
  const text = documentedWorkflow("agentvane-preview.yml");
  const withPreviews = (more: Json = {}, environments: Json = {}): Json => ({
    version: 1,
    project: "acme",
    defaults: { model: "mistral-small-latest" },
    environments: { prod: {}, "pr-*": { ephemeral: true }, ...(environments as object) },
    agents: { triage: { instructions: "Sort it out." }, ...(more as object) },
  });
  const ran = (jobs: Readonly<Record<string, JobResult>>) => {
    expect(results(jobs), logs(jobs)).toEqual({ preview: "success" });
    expect(annotations(jobs)).toEqual([]);
  };

  test("opened, changed, closed: one comment, with the agent ids while they exist", async () => {
    stage.write(withPreviews());
    ran(await runWorkflow(text, pullRequest("opened")));
    expect(names()).toEqual(["triage [pr-7]"]);
    const [agent] = stage.emulator.control.agents();
    expect(bodies()).toEqual([expect.stringContaining(`\`${agent?.id}\``)]);
    expect(bodies()[0]).toContain("### Preview `pr-7`");
    // The ids are there also when nothing had to be done.
    ran(await runWorkflow(text, pullRequest("synchronize")));
    expect(bodies()).toEqual([expect.stringContaining(`\`${agent?.id}\``)]);
    stage.write(withPreviews({ billing: {} }));
    ran(await runWorkflow(text, pullRequest("synchronize")));
    expect(names()).toEqual(["billing [pr-7]", "triage [pr-7]"]);
    for (const { id } of stage.emulator.control.agents()) expect(bodies()[0]).toContain(id);
    ran(await runWorkflow(text, pullRequest("closed")));
    expect(names()).toEqual([]);
    expect(bodies()).toEqual([expect.stringContaining("### Preview `pr-7`: deleted")]);
    ran(await runWorkflow(text, pullRequest("closed")));
  });

  test("invalid files: the comment says so, and the agents stay unchanged", async () => {
    stage.write(withPreviews());
    await runWorkflow(text, pullRequest("opened"));
    stage.write(broken.replace("agent:", "environments: { 'pr-*': { ephemeral: true } }\nagent:"));
    stage.takeWrites();
    const jobs = await runWorkflow(text, pullRequest("synchronize"));
    expect(results(jobs)).toEqual({ preview: "failure" });
    expect(annotations(jobs)).toEqual([
      ["error", "agentvane preview: exit code 3, unknown_key", "agents.yaml:4"],
    ]);
    expect(bodies()).toEqual([expect.stringContaining("is not known here")]);
    expect(stage.takeWrites()).toEqual([]);
    // Deleting does not need the agents of the file.
    stage.write({ ...(withPreviews() as object), agents: { triage: { model: 7 } } } as Json);
    ran(await runWorkflow(text, pullRequest("closed")));
    expect(names()).toEqual([]);
  });

  test("never changes or deletes a release", async () => {
    stage.write(withPreviews({}, { demo: {} }));
    await stage.run("apply --auto-approve --env prod");
    await stage.run("apply --auto-approve --env demo");
    stage.takeWrites();
    for (const name of ["prod", "demo"]) {
      const named = text.replace("command: preview", `command: preview\n          env: ${name}`);
      for (const action of ["opened", "closed"]) {
        const jobs = await runWorkflow(named, pullRequest(action));
        expect(results(jobs), action).toEqual({ preview: "failure" });
      }
    }
    // A pattern that is no preview.
    stage.write(withPreviews({}, { "pr-*": {} }));
    const jobs = await runWorkflow(text, pullRequest("opened"));
    expect(results(jobs)).toEqual({ preview: "failure" });
    expect(obeyed(logs(jobs)).at(-1)?.data).toContain("ephemeral: true");
    expect(stage.takeWrites()).toEqual([]);
  });

  test("the nightly sweep, and a sweep by hand", async () => {
    const day = 24 * 60 * 60 * 1000;
    stage.write(withPreviews());
    stage.passTime(-8 * day);
    await stage.run("apply --auto-approve --env prod");
    await stage.run("apply --auto-approve --env pr-1");
    stage.passTime(8 * day);
    await stage.run("apply --auto-approve --env pr-2");
    for (const event of ["schedule", "workflow_dispatch"]) {
      ran(await runWorkflow(text, world(event, {})));
      expect(names()).toEqual(["triage", "triage [pr-2]"]);
    }
    expect(forge.requests).toEqual([]);
  });

  test.each([
    ["a fork", { from: "mallory/agents" }],
    ["Dependabot", { author: "dependabot[bot]" }],
  ])("%s gets no preview, with a notice", async (_name, opened) => {
    stage.write(withPreviews());
    for (const action of ["opened", "closed"]) {
      const jobs = await runWorkflow(text, pullRequest(action, { ...opened, secret: "" }));
      expect(results(jobs), logs(jobs)).toEqual({ preview: "success" });
      expect(annotations(jobs)).toEqual([["notice", "agentvane preview was skipped"]]);
    }
    expect(stage.emulator.requests).toEqual([]);
  });

  test("arguments are passed only to the commands that have them", async () => {
    // Answers are dated as of now, so what is written has to be older.
    stage.passTime(-3_600_000);
    stage.write(withPreviews({ billing: {} }));
    const limited = text.replace(
      "command: preview",
      "command: preview\n          args: --max-agents 1 --older-than 1ms --var tone=x",
    );
    stage.write({ ...(withPreviews({ billing: {} }) as object), vars: { tone: "y" } } as Json);
    const refused = await runWorkflow(limited, pullRequest("opened"));
    expect(annotations(refused)).toEqual([
      ["error", "agentvane preview: exit code 3, too_many_agents"],
    ]);
    ran(await runWorkflow(limited.replace("agents 1", "agents 2"), pullRequest("opened")));
    ran(await runWorkflow(limited, world("schedule", {})));
    expect(names()).toEqual([]);
  });
});

describe("started from the Actions page", () => {
  const aliases = { staging: "latest" };
  const agents = { triage: { aliases }, billing: { aliases } };
  const at = (alias: string) =>
    stage.emulator.control
      .agents()
      .map(({ aliases: all }) => all.find((each) => each.alias === alias)?.version);
  const dispatch = (inputs: object) => world("workflow_dispatch", { inputs });

  test("promote, then roll back; the summary has the pins", async () => {
    stage.write(acme(agents));
    await stage.run("apply --auto-approve");
    const promotion = documentedWorkflow("agentvane-promote.yml");
    const all = { from: "staging", to: "prod", only: "" };
    const first = await runWorkflow(promotion, dispatch({ ...all, only: "triage" }));
    expect(results(first), logs(first)).toEqual({ promote: "success" });
    expect(at("prod").filter((version) => version !== undefined)).toHaveLength(1);
    expect(first.promote?.summary).toContain("### agentvane promote `staging` `prod`");
    expect(first.promote?.summary).toContain("prod: 0");
    const rest = await runWorkflow(promotion, dispatch(all));
    expect(results(rest), logs(rest)).toEqual({ promote: "success" });
    expect(at("prod")).toEqual([0, 0]);
    stage.write(acme({ triage: { aliases, description: "new" }, billing: { aliases } }));
    await stage.run("apply --auto-approve");
    await runWorkflow(promotion, dispatch(all));
    expect(at("prod").toSorted()).toEqual([0, 1]);
    const back = documentedWorkflow("agentvane-rollback.yml");
    const undone = await runWorkflow(
      back,
      dispatch({ alias: "prod", commit: "", agent: "", version: "" }),
    );
    expect(results(undone), logs(undone)).toEqual({ rollback: "success" });
    expect(at("prod")).toEqual([0, 0]);
    expect(undone.rollback?.summary).toContain("prod: 0");
    expect(annotations(undone)).toEqual([]);
    const one = { alias: "prod", agent: "triage", version: "1" };
    const chosen = await runWorkflow(back, dispatch(one));
    expect(results(chosen), logs(chosen)).toEqual({ rollback: "success" });
    expect(at("prod").toSorted()).toEqual([0, 1]);
    expect(forge.requests).toEqual([]);
  });

  test.each([
    ["agentvane-promote.yml", { from: "nope", to: "prod" }, 3],
    ["agentvane-promote.yml", { from: "--write", to: "prod" }, 64],
    ["agentvane-promote.yml", { from: "staging", to: "" }, 64],
    ["agentvane-rollback.yml", { alias: "nope" }, 3],
    ["agentvane-rollback.yml", { alias: "prod", agent: "nope", version: "0" }, 3],
  ])("%s with %j fails and moves nothing", async (name, inputs, code) => {
    stage.write(acme(agents));
    await stage.run("apply --auto-approve");
    stage.takeWrites();
    const jobs = await runWorkflow(documentedWorkflow(name), dispatch(inputs));
    expect(Object.values(results(jobs)), logs(jobs)).toEqual(["failure"]);
    const [annotation = []] = annotations(jobs);
    expect(annotation[0]).toBe("error");
    if (code !== 64) expect(annotation[1]).toMatch(new RegExp(`exit code ${code}, [a-z_]+$`));
    expect(stage.takeWrites()).toEqual([]);
  });
});

describe("the triggers of a workflow", () => {
  const opened: Happening = { event: "pull_request", type: "opened", files: ["prompts/triage.md"] };
  const main: Happening = { event: "push", branch: "main", files: ["agents.yaml"] };

  test.each<[string, Happening, boolean]>([
    ["agentvane.yml", opened, true],
    ["agentvane.yml", { ...opened, files: ["README.md"] }, false],
    ["agentvane.yml", { ...opened, type: "closed" }, false],
    ["agentvane.yml", main, true],
    ["agentvane.yml", { ...main, branch: "draft" }, false],
    ["agentvane.yml", { ...main, files: ["src/app.ts"] }, false],
    ["agentvane.yml", { event: "workflow_dispatch" }, true],
    ["agentvane.yml", { event: "schedule" }, false],
    ["agentvane-queue.yml", { ...opened, files: ["README.md"] }, true],
    ["agentvane-queue.yml", { event: "merge_group" }, true],
    ["agentvane-preview.yml", { ...opened, type: "closed" }, true],
    ["agentvane-preview.yml", { ...opened, type: "synchronize" }, true],
    ["agentvane-preview.yml", { ...opened, type: "labeled" }, false],
    ["agentvane-preview.yml", { event: "schedule" }, true],
    ["agentvane-drift.yml", { event: "schedule" }, true],
    ["agentvane-promote.yml", { event: "workflow_dispatch" }, true],
    ["agentvane-promote.yml", main, false],
    ["agentvane-rollback.yml", { event: "workflow_dispatch" }, true],
  ])("%s: %j %s", (name, happening, starts) => {
    expect(isTriggered(documentedWorkflow(name), happening)).toBe(starts);
  });
});

describe("the path filters", () => {
  const lists = ["agentvane.yml", "agentvane-preview.yml"].flatMap((name) =>
    [...documentedWorkflow(name).matchAll(/ paths:.*\n((?: {6}- .*\n)+)/g)].map(
      ([, list = ""]): [string, string[]] => [
        name,
        list
          .trim()
          .split("\n")
          .map((line) => line.trim().slice(2).replaceAll('"', "")),
      ],
    ),
  );
  const root = path.join(import.meta.dirname, "..", "..");

  test("are the same in all workflows", () => {
    expect(lists).toHaveLength(3);
    for (const [, list] of lists) expect(list).toEqual(lists[0]?.[1]);
  });

  test("name each file that this repository's project and its examples read", async () => {
    const [, list = []] = lists[0] ?? [];
    const seen = new Set<string>();
    for (const project of [".", "examples/minimal", "examples/application", "examples/markdown"]) {
      const file = path.join(root, project, "agents.yaml");
      const { out, code, err } = await stage.run(`validate --format json --file ${file}`);
      expect(code, err).toBe(0);
      for (const each of JSON.parse(out).files) {
        expect(matches(list, each), `${project}: ${each}`).toBe(true);
        seen.add(each.split("/")[0]);
      }
    }
    // Without prompts or tools this would say little.
    expect([...seen]).toEqual(expect.arrayContaining(["agents.yaml", "prompts", "tools"]));
  });
});

test("the next job finds the artifacts of a plan", async () => {
  stage.write(one);
  await runWorkflow(documentedWorkflow("agentvane.yml"), pullRequest("opened"));
  const plan = path.join(artifactsOf(pullRequest("opened")), "agentvane-plan", "plan.json");
  expect(JSON.parse(readFileSync(plan, "utf8"))).toMatchObject({ kind: "plan" });
});
