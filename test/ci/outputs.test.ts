import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { findingsOf } from "../../src/ci/findings.ts";
import { jobContextOf } from "../../src/ci/job-context.ts";
import { markerOf, slotOf } from "../../src/ci/marker.ts";
import { dotenvOutputs, githubOutputs, type Outputs } from "../../src/ci/outputs.ts";
import { problemsOf } from "../../src/ci/problems.ts";
import { splitWords } from "../../src/ci/split-words.ts";
import { stepExitCode } from "../../src/ci/step-exit-code.ts";
import { type BadInput, readTask, type Task } from "../../src/ci/task.ts";
import { variablesOfCommand } from "../../src/ci/variables.ts";
import { annotation, folded, quoted } from "../../src/report/ci/workflow-command.ts";
import { sanitizedLine } from "../../src/report/safe/sanitize.ts";
import { obeyed, readOutputs } from "./runner-log.ts";

const nowhere = jobContextOf({}, undefined);

function taskOf(inputs: Readonly<Record<string, string>>): Task {
  const task = readTask(inputs, nowhere);
  if (!("command" in task)) throw new Error(task.name);
  return task;
}

describe("inputs", () => {
  test("without inputs the task is a plan with a sticky comment", () => {
    expect(taskOf({ AGENTVANE_CI_FILE: "" })).toEqual({
      command: "plan",
      words: [],
      comment: "sticky",
      failOnDrift: false,
      args: [],
      savedPlan: undefined,
      file: undefined,
      environment: undefined,
      workingDirectory: ".",
    });
  });

  test.each<[Readonly<Record<string, string>>, string]>([
    [{ AGENTVANE_CI_COMMAND: "destroy" }, "command"],
    [{ AGENTVANE_CI_COMMAND: "plan\n::set-output name=x::y" }, "command"],
    [{ AGENTVANE_CI_COMMENT: "yes" }, "comment"],
    [{ AGENTVANE_CI_COMMENT: "constructor" }, "comment"],
    [{ AGENTVANE_CI_FAIL_ON_DRIFT: "1" }, "fail-on-drift"],
    [{ AGENTVANE_CI_COMMAND: "apply", AGENTVANE_CI_ON_DRIFT: "never" }, "on-drift"],
    [{ AGENTVANE_CI_ON_DRIFT: "fail" }, "on-drift"],
    [{ AGENTVANE_CI_ARGS: '--var "tone=x' }, "args"],
    [{ AGENTVANE_CI_ARGS: "-- evil" }, "args"],
    [{ AGENTVANE_CI_PLAN: "plan.json" }, "plan"],
  ])("%j is not valid: %s", (inputs, name) => {
    expect((readTask(inputs, nowhere) as BadInput).name).toBe(name);
  });

  test("are not passed to the command, and neither is the token", () => {
    const variables = { AGENTVANE_CI_TOKEN: "token", AGENTVANE_ENV: "prod", PATH: "/bin" };
    expect(variablesOfCommand(variables)).toEqual({ AGENTVANE_ENV: "prod", PATH: "/bin" });
  });
});

describe("the words of args", () => {
  test.each([
    ["", []],
    ["  \n ", []],
    ["--prune  --only\ttriage\n", ["--prune", "--only", "triage"]],
    [`--var "tone=very terse" --var 'a="b"'`, ["--var", "tone=very terse", "--var", 'a="b"']],
    [`--var tone="a b"c ""`, ["--var", "tone=a bc", ""]],
    ["$(id) `id` ; * \\", ["$(id)", "`id`", ";", "*", "\\"]],
  ])("%j", (text, words) => {
    expect(splitWords(text)).toEqual(words);
  });

  test("quoting and splitting gives the same words", () => {
    const word = fc.string({ unit: "binary" }).filter((each) => !each.includes("'"));
    fc.assert(
      fc.property(fc.array(word), (words) => {
        expect(splitWords(words.map((each) => `'${each}'`).join(" "))).toEqual(words);
      }),
    );
  });
});

const digest = "ab".repeat(32);

function planText(members: object = {}): string {
  const summary = { drift: 0 };
  const digests = { plan: digest };
  return JSON.stringify({ applyable: true, refusals: [], summary, digests, ...members });
}

describe("findings", () => {
  const unknown = { changes: undefined, drift: undefined, digest: undefined };

  test.each([
    ["a plan with changes", planText(), { changes: true, drift: false, digest }],
    ["one without", planText({ applyable: false }), { changes: false, drift: false, digest }],
    [
      "one that overwrites",
      planText({ summary: { drift: 2 } }),
      { changes: true, drift: true, digest },
    ],
    ["none, since it was refused", undefined, unknown],
    ["no JSON", "{", unknown],
    ["another JSON", "[1]", unknown],
    ["a run that ended early", planText({ summary: null, digests: null }), unknown],
    [
      "a digest that is none",
      planText({ digests: { plan: "x\ny" } }),
      { ...unknown, changes: true, drift: false },
    ],
  ])("of a plan: %s", (_name, plan, findings) => {
    expect(findingsOf(taskOf({}), 0, { plan, report: undefined })).toEqual(findings);
  });

  test("of an apply come from its report; for a refused one the changes are unknown", () => {
    const task = taskOf({ AGENTVANE_CI_COMMAND: "apply" });
    const refusals = [{ code: "protected" }];
    const report = planText({ applyable: false, refusals });
    expect(findingsOf(task, 3, { plan: planText(), report })).toEqual({
      changes: undefined,
      drift: false,
      digest,
    });
  });

  test("have the agents of an apply's report, in one line", () => {
    const task = taskOf({ AGENTVANE_CI_COMMAND: "apply" });
    const output = { triage: { id: "ag_1", name: "a\nb", version: 0, aliases: { prod: 0 } } };
    const { agents = "" } = findingsOf(task, 0, { plan: undefined, report: planText({ output }) });
    expect(agents).not.toContain("\n");
    expect(JSON.parse(agents)).toEqual(output);
  });

  test.each([
    [0, false],
    [2, true],
    [1, undefined],
    [4, undefined],
  ])("of drift come from exit code %s", (code, drift) => {
    const task = taskOf({ AGENTVANE_CI_COMMAND: "drift" });
    expect(findingsOf(task, code, { plan: planText(), report: undefined }).drift).toBe(drift);
  });

  test.each([
    ["plan", "false", 0, true, 0],
    ["plan", "false", 2, true, 0],
    ["plan", "true", 2, true, 2],
    ["plan", "true", 2, false, 0],
    ["drift", "true", 2, true, 2],
    ["drift", "true", 0, false, 0],
    ["apply", "true", 0, true, 0],
    ["plan", "true", 3, undefined, 3],
    ["apply", "false", 6, undefined, 6],
    ["plan", "false", 143, undefined, 143],
  ])("%s with fail-on-drift %s: %s, drift %s, ends with %s", (command, fail, code, drift, end) => {
    const task = taskOf({ AGENTVANE_CI_COMMAND: command, AGENTVANE_CI_FAIL_ON_DRIFT: fail });
    expect(
      stepExitCode(task, code, { changes: true, digest: undefined, drift, agents: undefined }),
    ).toBe(end);
  });
});

const hostile = fc.oneof(
  fc.string({ unit: "binary" }),
  fc.constantFrom(
    "::set-output name=changes::false",
    "a\n::set-output name=x::y",
    "a\r::error::b",
    "##[set-output name=x]y",
    "%0A::set-output name=x::y",
    "x::y,file=/etc/passwd",
    "END\nchanges=false",
  ),
);

describe("files and commands for GitHub's runner", () => {
  test("outputs are read as they were written", () => {
    const names = "exit-code changes drift digest agents plan report markdown".split(" ");
    const value = hostile.filter((text) => !text.includes("DELIMITER"));
    const outputs = fc.record(Object.fromEntries(names.map((name) => [name, value])));
    fc.assert(
      fc.property(outputs, (each) => {
        expect(readOutputs(githubOutputs(each as Outputs, "DELIMITER"))).toEqual(each);
      }),
    );
  });

  test("an output that holds the delimiter is left out, the others stay", () => {
    const outputs = { changes: "true", plan: "a\nDELIMITER\nchanges=false" } as Outputs;
    expect(readOutputs(githubOutputs(outputs, "DELIMITER"))).toEqual({ changes: "true" });
  });

  test("a variable for GitLab has one line", () => {
    const outputs = { "exit-code": "2", plan: "a\nPATH=evil" } as Outputs;
    expect(dotenvOutputs(outputs)).toBe("AGENTVANE_EXIT_CODE=2\n");
  });

  test("an annotation is one command, with any text", () => {
    fc.assert(
      fc.property(hostile, hostile, hostile, (title, text, file) => {
        const [first, ...others] = obeyed(
          annotation("error", title, text, { file, line: 3, column: 4 }),
        );
        expect(others).toEqual([]);
        expect(first).toEqual({
          command: "error",
          properties: { file, line: "3", col: "4", title: sanitizedLine(title) },
          data: sanitizedLine(text),
        });
      }),
    );
  });

  test("commands inside quoted output are not obeyed, commands after it are", () => {
    fc.assert(
      fc.property(fc.array(hostile), (texts) => {
        const text = quoted(texts.join("\n"), "word-nobody-knows");
        expect(obeyed(text)).toEqual([]);
        expect(obeyed(`${text}::notice::x`)).toHaveLength(1);
      }),
    );
  });

  test("a folded text has one start and one end", () => {
    const commands = obeyed(folded("a\n::error::b", quoted("::endgroup::\n", "word")));
    expect(commands.map(({ command }) => command)).toEqual(["group", "endgroup"]);
  });
});

describe("markers of comments", () => {
  test.each([
    ["<!-- agentvane plan: acme prod -->\n\n## Plan", "<!-- agentvane plan: acme prod -->"],
    ["## Plan\n<!-- agentvane plan: acme -->", undefined],
    ["<!-- agentvane plan: acme --> more", undefined],
    ["<!-- agentvane plan: project=, environment= -->\n", undefined],
    [
      "<!-- agentvane drift: project=acme, environment= -->\r\n",
      "<!-- agentvane drift: project=acme, environment= -->",
    ],
    ["", undefined],
  ])("%j", (markdown, marker) => {
    expect(markerOf(markdown)).toBe(marker);
  });

  test("different tasks have different slots, and each slot is one line", () => {
    fc.assert(
      fc.property(hostile, hostile, hostile, hostile, (file, env, otherFile, otherEnv) => {
        const slot = slotOf(taskOf({ AGENTVANE_CI_FILE: file, AGENTVANE_CI_ENV: env }));
        const other = slotOf(taskOf({ AGENTVANE_CI_FILE: otherFile, AGENTVANE_CI_ENV: otherEnv }));
        expect(slot).toMatch(/^<!-- agentvane-ci [^<>\n\r]+ -->$/);
        expect(slot === other).toBe(file === otherFile && env === otherEnv);
      }),
    );
  });
});

describe("the job context", () => {
  const github = {
    GITHUB_ACTIONS: "true",
    GITHUB_API_URL: "https://api.example.test",
    GITHUB_SERVER_URL: "https://example.test",
    GITHUB_REPOSITORY: "acme/agents",
    GITHUB_RUN_ID: "77",
    GITHUB_SHA: "a".repeat(40),
    AGENTVANE_CI_TOKEN: "token",
  };
  const request = { number: 7, isClosed: false };
  const head = "b".repeat(40);

  test.each([
    ["a pull request", { pull_request: { number: 7, head: { sha: head } } }, request, head],
    ["a comment on one", { issue: { number: 7, pull_request: {} } }, request, github.GITHUB_SHA],
    ["a comment on an issue", { issue: { number: 7 } }, undefined, github.GITHUB_SHA],
    ["a push", { head_commit: {} }, undefined, github.GITHUB_SHA],
    ["no event", undefined, undefined, github.GITHUB_SHA],
    ["a number that is none", { pull_request: { number: "7/../8" } }, undefined, github.GITHUB_SHA],
  ])("on GitHub, %s", (_name, event, expected, commit) => {
    const job = jobContextOf(github, event);
    expect(job.request).toEqual(expected);
    expect(job.access).toEqual({
      api: "https://api.example.test",
      token: "token",
      project: "acme/agents",
    });
    expect(job.commit).toBe(commit);
    expect(job.log).toBe("https://example.test/acme/agents/actions/runs/77");
  });

  test.each([
    ["GITHUB_API_URL", "http://api.example.test"],
    ["GITHUB_API_URL", "not an address"],
    ["GITHUB_REPOSITORY", "acme/agents/../../evil"],
    ["AGENTVANE_CI_TOKEN", ""],
  ])("no comment with %s %j", (name, value) => {
    expect(jobContextOf({ ...github, [name]: value }, {}).access).toBeUndefined();
  });

  test("on GitLab, a merge request", () => {
    const gitlab = {
      GITLAB_CI: "true",
      CI_API_V4_URL: "https://gitlab.example.test/api/v4",
      CI_PROJECT_ID: "42",
      CI_MERGE_REQUEST_IID: "7",
      CI_JOB_URL: "https://gitlab.example.test/acme/agents/-/jobs/1",
      AGENTVANE_CI_TOKEN: "token",
    };
    const api = "https://gitlab.example.test/api/v4";
    const job = jobContextOf(gitlab, undefined);
    expect(job.access).toEqual({ api, token: "token", project: "42" });
    expect(job.request).toEqual(request);
    expect(
      jobContextOf({ ...gitlab, CI_MERGE_REQUEST_IID: "" }, undefined).request,
    ).toBeUndefined();
    const { AGENTVANE_CI_TOKEN: _none, ...without } = gitlab;
    expect(jobContextOf(without, undefined).access).toBeUndefined();
  });

  test("a URL that could end its link is left out", () => {
    const job = jobContextOf(
      { GITLAB_CI: "true", CI_JOB_URL: "https://x.test/)](evil" },
      undefined,
    );
    expect(job.log).toBeUndefined();
    expect(jobContextOf({}, undefined).forge).toBe("none");
  });
});

test.each([
  ["no JSON", "oops"],
  ["a project that is valid", '{"errored":false}'],
  ["an error of another kind", '{"error":{"code":"usage_error","details":{"hint":"x"}}}'],
  ["details that are no problems", '{"error":{"details":[1,null,{"file":"a"}]}}'],
])("finds no problems of files in %s", (_name, text) => {
  expect(problemsOf(text)).toEqual([]);
});
