import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { parse, parseAllDocuments } from "yaml";
import { documentedBlocks, documentedRules, documentedWorkflows } from "./documented.ts";
import { actionErrors, workflowErrors } from "./github-language.ts";
import type { Step, Workflow } from "./workflow-runner.ts";

const root = path.join(import.meta.dirname, "..", "..");
const actionText = readFileSync(path.join(root, "action.yml"), "utf8");
const action = parse(actionText) as {
  readonly inputs: Readonly<Record<string, object>>;
  readonly outputs: Readonly<Record<string, { readonly value: string }>>;
  readonly runs: { readonly steps: readonly Step[] };
};
const { version } = JSON.parse(readFileSync(path.join(root, "package.json"), "utf8"));

const ownFolder = path.join(root, ".github", "workflows");
const own = readdirSync(ownFolder).map((name): [string, string] => [
  name,
  readFileSync(path.join(ownFolder, name), "utf8"),
]);
const workflows: readonly [string, string][] = [
  ...documentedWorkflows(),
  ["rules", documentedRules()],
  ...own,
];

test("there are workflows to check", () => {
  expect(workflows.length).toBeGreaterThan(5);
  expect(own.length).toBeGreaterThan(0);
});

test("the checker finds mistakes", async () => {
  const broken =
    "on: push\njobs:\n  a:\n    runs-on: x\n    steps:\n      - rum: ${{ githup.x }}\n";
  expect(await workflowErrors(broken)).not.toEqual([]);
  expect(await actionErrors(actionText.replace("shell: bash", "shel: bash"))).not.toEqual([]);
});

describe.each(workflows)("%s", (_name, text) => {
  const { jobs } = parse(text) as Workflow;
  const steps = Object.values(jobs).flatMap((job) => job.steps);

  test("is valid for GitHub", async () => {
    expect(await workflowErrors(text)).toEqual([]);
  });

  test("uses pinned actions, and ours with existing inputs", () => {
    for (const { uses, with: inputs = {} } of steps) {
      if (uses === undefined) continue;
      if (uses.startsWith("agentvane/agentvane@")) {
        expect(uses).toBe(`agentvane/agentvane@v${version}`);
        for (const name of Object.keys(inputs)) expect(action.inputs).toHaveProperty(name);
      } else {
        expect(uses).toMatch(/^[\w-]+\/[\w-]+@[0-9a-f]{40}$/);
        expect(text).toMatch(new RegExp(`${uses} # v\\d+\\.\\d+\\.\\d+\n`));
      }
    }
  });

  test("refers only to existing steps, outputs and jobs", () => {
    for (const { steps: own, needs } of Object.values(jobs)) {
      const job = JSON.stringify(own);
      for (const [, id, output = ""] of job.matchAll(/steps\.([\w-]+)\.outputs\.([\w-]+)/g)) {
        const step = own.find((each) => each.id === id);
        expect(step, id).toBeDefined();
        if (step?.uses?.startsWith("agentvane/")) expect(action.outputs).toHaveProperty(output);
        else expect(step?.run).toContain(`echo "${output}=`);
      }
      if (needs !== undefined) expect(jobs).toHaveProperty(needs);
    }
    for (const [, job = "", output = ""] of text.matchAll(/needs\.([\w-]+)\.outputs\.([\w-]+)/g)) {
      expect(jobs[job]?.outputs).toHaveProperty(output);
    }
  });

  test("has no expression in a script", () => {
    for (const { run = "" } of steps) expect(run).not.toContain("${{");
  });

  test("checks out the history for an apply, and runs one apply at a time", () => {
    const document = parse(text) as { concurrency?: object };
    for (const job of Object.values(jobs)) {
      if (!job.steps.some((step) => step.with?.command === "apply")) continue;
      const { concurrency = document.concurrency } = job as { concurrency?: object };
      expect(concurrency).toEqual({ group: "agentvane-apply", "cancel-in-progress": false });
      const checkout = job.steps.find((step) => step.uses?.startsWith("actions/checkout@"));
      expect(checkout?.with).toMatchObject({ "fetch-depth": 0 });
    }
  });

  test("has valid bash scripts", () => {
    for (const { run } of steps) if (run !== undefined) checkScript(run);
  });
});

describe("action.yml", () => {
  test("is valid for GitHub", async () => {
    expect(await actionErrors(actionText)).toEqual([]);
  });

  test("passes every input to the script as a variable, never as text in it", () => {
    const [step] = action.runs.steps;
    expect(action.runs.steps).toHaveLength(1);
    const used = Object.values(step?.env ?? {}).map(
      (each) => /^\$\{\{ inputs\.([\w-]+) \}\}$/.exec(each)?.[1],
    );
    expect(used.toSorted()).toEqual(Object.keys(action.inputs).toSorted());
    expect(step?.run).not.toContain("${{");
    expect(step?.shell).toBe("bash");
    checkScript(step?.run ?? "");
  });

  test("has the outputs of the step, with the same names", () => {
    for (const [name, { value }] of Object.entries(action.outputs)) {
      expect(value).toBe(`\${{ steps.run.outputs.${name} }}`);
    }
  });

  test("is documented: every input and every output has a line", () => {
    const page = readFileSync(path.join(root, "docs", "ci.md"), "utf8");
    const names = [...Object.keys(action.inputs), ...Object.keys(action.outputs)];
    for (const name of names) expect(page, name).toMatch(new RegExp(`^\\|.*\`${name}\`.*\\|`, "m"));
  });
});

test("the action is named with this version everywhere", () => {
  for (const name of ["README.md", "docs/ci.md"]) {
    const text = readFileSync(path.join(root, name), "utf8");
    const versions = [...text.matchAll(/agentvane\/agentvane@([^\s`]+)/g)].map(
      ([, found]) => found,
    );
    expect(
      versions.filter((each) => each !== `v${version}`),
      name,
    ).toEqual([]);
  }
});

describe("other blocks", () => {
  test.each(documentedBlocks().filter(({ language }) => language === "yaml"))(
    "is valid YAML: $text",
    ({ text }) => {
      for (const document of parseAllDocuments(text)) {
        expect([...document.errors, ...document.warnings]).toEqual([]);
      }
    },
  );

  test.each(documentedBlocks().filter(({ language }) => language === "sh"))(
    "is valid bash: $text",
    ({ text }) => checkScript(text),
  );
});

/** `bash -n`, and shellcheck where it is installed. */
function checkScript(script: string): void {
  expect(spawnSync("bash", ["-n"], { input: script, encoding: "utf8" }).stderr).toBe("");
  const flags = ["--shell=bash", "--format=gcc", "-"];
  const { stdout, error } = spawnSync("shellcheck", flags, { input: script, encoding: "utf8" });
  if (error === undefined) expect(stdout).toBe("");
}
