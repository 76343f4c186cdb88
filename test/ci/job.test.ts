import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type ForgeStandIn, startForge } from "./forge-stand-in.ts";
import { type FakeRun, type JobStage, setJobStage } from "./job-stage.ts";
import { obeyed } from "./runner-log.ts";

let stage: JobStage;
let forge: ForgeStandIn;
beforeEach(async () => {
  stage = setJobStage();
  forge = await startForge("github");
});
afterEach(async () => {
  stage.close();
  await forge.close();
});

const digest = "0f".repeat(32);
const planText = JSON.stringify({
  applyable: true,
  refusals: [],
  summary: { drift: 1 },
  digests: { plan: digest },
});
const markdown = "<!-- agentvane plan: acme -->\n\n## Plan: 1 to update\n";
const changes: FakeRun = { code: 2, out: markdown, err: "reading\n", plan: planText };
const pullRequest = { pull_request: { number: 7, head: { sha: "c".repeat(40) } } };

function onPullRequest(fake: FakeRun, inputs: Readonly<Record<string, string>> = {}) {
  return stage.start({
    fake,
    event: pullRequest,
    env: { GITHUB_API_URL: forge.url },
    inputs: { TOKEN: "token-of-the-workflow", ...inputs },
  }).end;
}

describe("one run of the command gives all results", () => {
  test("a plan with changes: outputs, summary, comment, and no failure", async () => {
    const job = await onPullRequest(changes);
    expect(job.code, job.log).toBe(0);
    const { plan = "", markdown: file = "", ...outputs } = job.outputs;
    expect(outputs).toEqual({
      "exit-code": "2",
      changes: "true",
      drift: "true",
      digest,
      agents: "",
      report: "",
    });
    expect(readFileSync(plan, "utf8")).toBe(planText);
    expect(readFileSync(file, "utf8")).toBe(markdown);
    expect(job.summary).toBe(`${markdown}\n`);
    expect(forge.comments).toHaveLength(1);
    const [comment] = forge.comments;
    expect(comment?.body.startsWith(markdown)).toBe(true);
    expect(comment?.body).toContain(
      "for commit cccccccccccc · [log](<https://forge.example.test/acme/agents/actions/runs/77>)",
    );
    expect(job.called?.args).toEqual([
      "plan",
      "--detailed-exitcode",
      "--format=markdown",
      `--out=${plan}`,
      `--report=${path.join(path.dirname(plan), "report.json")}`,
    ]);
  });

  test("a refused plan: updates its comment and keeps its exit code", async () => {
    await onPullRequest(changes);
    const out = "<!-- agentvane plan: acme -->\n\n## Refused\n";
    const job = await onPullRequest({ code: 3, out });
    expect(job.code).toBe(3);
    expect(job.outputs).toMatchObject({ "exit-code": "3", changes: "", digest: "", plan: "" });
    expect(forge.comments.map(({ body }) => body.split("\n")[2])).toEqual(["## Refused"]);
    expect(job.log).toContain("## Refused");
    expect(obeyed(job.log)).toEqual([
      expect.objectContaining({
        command: "error",
        properties: { title: "agentvane plan: exit code 3" },
      }),
    ]);
  });

  test("a plan that crashed without output still updates the comment", async () => {
    await onPullRequest(changes);
    const job = await onPullRequest({ code: 64, err: "unknown flag" });
    expect(job.code).toBe(64);
    expect(forge.comments).toHaveLength(1);
    expect(forge.comments[0]?.body).toContain("exit code 64");
    expect(job.summary).toContain("exit code 64");
  });

  test.each([
    ["apply", "", { code: 0, report: planText }, 0, "apply --auto-approve --format=markdown"],
    [
      "apply",
      "approved.json",
      { code: 4, report: planText },
      4,
      "apply FOLDER/approved.json --format=markdown",
    ],
    [
      "drift",
      "",
      { code: 2, out: "<!-- agentvane drift: acme -->\n" },
      0,
      "drift --detailed-exitcode --format=markdown",
    ],
    ["validate", "", { code: 0, out: '{"errored":false}' }, 0, "validate --format=json"],
  ])("%s %s", async (command, plan, fake, code, line) => {
    const inputs = { COMMAND: command, PLAN: plan };
    const job = await stage.start({ fake, inputs }).end;
    expect(job.code, job.log).toBe(code);
    const args = job.called?.args.filter((each) => !each.startsWith("--report="));
    expect(args?.join(" ")).toBe(line.replace("FOLDER", stage.folder));
    expect(job.outputs["exit-code"]).toBe(String(fake.code));
  });

  test.each([
    ["plan", { code: 0, out: "Usage" }],
    ["apply", { code: 0, out: "Usage" }],
    ["drift", { code: 0, out: "Usage" }],
    ["validate", { code: 0, out: "Usage" }],
  ])("%s that succeeds without a result is a failure", async (command, fake) => {
    const job = await stage.start({ fake, inputs: { COMMAND: command } }).end;
    expect(job.code).toBe(1);
    expect(obeyed(job.log).at(-1)?.data).toContain("The command wrote no result");
  });

  test("fail-on-drift", async () => {
    const job = await stage.start({ fake: changes, inputs: { FAIL_ON_DRIFT: "true" } }).end;
    expect(job.code).toBe(2);
    expect(obeyed(job.log).at(-1)?.data).toContain("changed outside of git");
  });

  test("with an invalid input nothing runs", async () => {
    const job = await stage.start({ fake: changes, inputs: { COMMAND: "destroy" } }).end;
    expect(job.code).toBe(64);
    expect(job.called).toBeUndefined();
  });

  test("without a token or a pull request the forge is not called", async () => {
    const job = await stage.start({ fake: changes, env: { GITHUB_API_URL: forge.url } }).end;
    expect(job.code).toBe(0);
    expect((await onPullRequest(changes, { TOKEN: "" })).code).toBe(0);
    expect((await onPullRequest(changes, { COMMENT: "false" })).code).toBe(0);
    expect(forge.requests).toEqual([]);
  });

  test("with the token of a fork: a notice, the summary, and no failure", async () => {
    const job = await onPullRequest(changes, { TOKEN: "token-of-a-fork" });
    expect(job.code).toBe(0);
    expect(job.summary).toContain("1 to update");
    expect(obeyed(job.log)).toContainEqual(
      expect.objectContaining({ command: "notice", data: expect.stringContaining("fork") }),
    );
  });
});

test("the command gets neither the token nor the inputs, and runs in its folder", async () => {
  mkdirSync(path.join(stage.folder, "fleet"));
  const job = await onPullRequest(changes, { WORKING_DIRECTORY: "fleet", FILE: "a.yaml" });
  expect(job.called?.folder).toBe(path.join(stage.folder, "fleet"));
  expect(job.called?.args).toContain("--file=a.yaml");
  expect(JSON.stringify(job.called?.env)).not.toContain("token-of-the-workflow");
  expect(Object.keys(job.called?.env ?? {}).join()).not.toContain("AGENTVANE_CI");
});

test.each([
  ["the script", false],
  ["the action, which is what the runner signals,", true],
])(
  "a cancelled job: %s passes the signal on and tells what came of it",
  async (_name, throughAction) => {
    const { child, end } = stage.start({
      throughAction,
      inputs: { COMMAND: "apply" },
      fake: { codeAfterSignal: 130, out: "release\n", report: planText },
    });
    let seen = "";
    child.stdout?.on("data", (text: string) => {
      const wasSeen = seen.includes("waiting for a signal");
      seen += text;
      if (!wasSeen && seen.includes("waiting for a signal")) child.kill("SIGINT");
    });
    const job = await end;
    expect(job.code).toBe(130);
    expect(job.log).toContain("reverted");
    expect(job.outputs["exit-code"]).toBe("130");
  },
);

describe("texts from outside have no effect", () => {
  const evil = [
    "::set-output name=changes::false",
    "   ::add-mask::true",
    "##[set-output name=digest;]evil",
    "text ##[error]evil",
    "::stop-commands::x",
    "::endgroup::",
    "%0A::error::evil",
    "a\r::error::evil",
    "$(touch evil) `touch evil`; touch evil",
    "--> @somebody",
  ];
  const only = (log: string) => obeyed(log).map(({ command }) => command);

  test("in the output of the command", async () => {
    const text = evil.join("\n");
    const job = await onPullRequest({ ...changes, err: text, out: `${markdown}${text}` });
    expect(job.code).toBe(0);
    expect(only(job.log)).toEqual(["group", "endgroup"]);
    expect(job.outputs.changes).toBe("true");
    for (const line of evil) expect(job.log).toContain(line);
  });

  test("in the output of each of two runs", async () => {
    const out = '{"kind":"validation","ephemeral":true,"unset":[]}';
    const fake = { code: 0, out, err: `${evil.join("\n")}\n`, report: planText };
    const job = await onPullRequest(fake, { COMMAND: "preview" });
    expect(job.code, job.log).toBe(0);
    expect(only(job.log)).toEqual(["group", "endgroup"]);
    expect(job.log.split(evil[0] ?? "")).toHaveLength(3);
  });

  test.each([
    [evil[0], evil[2], evil[6]],
    [evil[7], evil[5], evil[8]],
    [evil[9], evil[1], evil[3]],
  ])("in inputs: %j, %j, %j", async (file = "", environment = "", word = "") => {
    const inputs = { FILE: file, ENV: `\n${environment}`, ARGS: `--var 'x=${word}'` };
    const job = await onPullRequest(changes, inputs);
    expect(job.code, job.log).toBe(0);
    expect(only(job.log)).toEqual(["group", "endgroup"]);
    expect(job.called?.args.slice(1, 5)).toEqual([
      "--var",
      `x=${word}`,
      `--file=${file}`,
      `--env=\n${environment}`,
    ]);
    expect(existsSync(path.join(stage.folder, "evil"))).toBe(false);
    const body = forge.comments[0]?.body ?? "";
    for (const text of [environment, word]) expect(body).not.toContain(text);
    // The file is told, as code.
    expect(body.replace(/ · file (`+)(?!`).*?\1 · /, "")).not.toContain(file);
    const again = await onPullRequest({ code: 3 }, inputs);
    expect(again.code).toBe(3);
    expect(forge.comments).toHaveLength(1);
  });

  test("in prompts and names, with the real command", async () => {
    const inputs = { ARGS: "--local", TOKEN: "token-of-the-workflow" };
    const env = { GITHUB_API_URL: forge.url };
    const write = (more: string) => {
      const instructions = evil.map((line) => line.replaceAll("\r", "")).join("\n") + more;
      const agents = { triage: { name: `a ${evil[2]}`, instructions, description: evil[3] } };
      const config = { version: 1, project: "acme", defaults: { model: "m" }, agents };
      writeFileSync(path.join(stage.folder, "agents.yaml"), JSON.stringify(config));
    };
    write("");
    const applied = await stage.start({ inputs: { ...inputs, COMMAND: "apply" }, env }).end;
    expect(applied.code, applied.log).toBe(0);
    write("\nmore");
    const planned = await stage.start({ inputs, env, event: pullRequest }).end;
    expect(planned.code, planned.log).toBe(0);
    for (const words of [":set-output name=changes", "[set-output name=digest;]evil"]) {
      expect(applied.log).toContain(words);
    }
    for (const { log } of [applied, planned]) expect(only(log)).toEqual(["group", "endgroup"]);
    expect(forge.comments[0]?.body).toContain(" more");
  });

  test("in problems of files", async () => {
    const details = evil.map((text) => ({
      code: text,
      file: `${text}.yaml`,
      line: 3,
      column: 4,
      message: text,
    }));
    const fake = { code: 3, out: JSON.stringify({ error: { details } }) };
    const job = await stage.start({ fake, inputs: { COMMAND: "validate" } }).end;
    const commands = obeyed(job.log);
    expect(commands).toHaveLength(evil.length + 1);
    for (const { command, properties } of commands.slice(0, -1)) {
      expect(command).toBe("error");
      expect(properties).toMatchObject({ line: "3", col: "4" });
    }
  });

  test("in answers of a forge", async () => {
    forge.fail({
      method: "GET",
      status: 400,
      times: 1,
      body: JSON.stringify({ message: "x\n::set-output name=changes::false" }),
    });
    const job = await onPullRequest(changes);
    expect(job.code).toBe(0);
    expect(only(job.log)).toEqual(["group", "endgroup", "warning"]);
  });

  test("in folder names", async () => {
    const folder = "a\n::error::evil";
    mkdirSync(path.join(stage.folder, folder));
    const job = await onPullRequest(changes, { WORKING_DIRECTORY: folder });
    expect(job.code).toBe(0);
    expect(only(job.log)).toEqual(["group", "endgroup"]);
  });
});

test("a problem in a file is reported at its position, relative to the top of the checkout", async () => {
  mkdirSync(path.join(stage.folder, "fleet"));
  writeFileSync(
    path.join(stage.folder, "fleet", "agents.yaml"),
    "version: 1\nproject: acme\nagent: {}\n",
  );
  const inputs = { COMMAND: "validate", WORKING_DIRECTORY: "fleet" };
  const job = await stage.start({ inputs }).end;
  expect(job.code).toBe(3);
  expect(obeyed(job.log)).toContainEqual(
    expect.objectContaining({
      command: "error",
      properties: { file: "fleet/agents.yaml", line: "3", col: "1", title: "unknown_key" },
      data: expect.stringContaining('"agent" is not known here'),
    }),
  );
});

describe("on GitLab", () => {
  test("results are in a folder of the checkout, and a plan file of an earlier job is not used", async () => {
    const notes = await startForge("gitlab");
    const env = {
      GITHUB_ACTIONS: undefined,
      GITHUB_OUTPUT: undefined,
      GITHUB_STEP_SUMMARY: undefined,
      GITLAB_CI: "true",
      CI_API_V4_URL: notes.url,
      CI_PROJECT_ID: "42",
      CI_MERGE_REQUEST_IID: "7",
    };
    const inputs = { TOKEN: "token-of-jo" };
    const first = await stage.start({ fake: changes, env, inputs }).end;
    expect(first.code, first.log).toBe(0);
    const file = (name: string) => path.join(stage.folder, "agentvane-ci", name);
    expect(readFileSync(file("plan.json"), "utf8")).toBe(planText);
    expect(readFileSync(file("outputs.env"), "utf8")).toContain("AGENTVANE_CHANGES=true\n");
    expect(first.log).toContain("The comment was created.");
    expect(first.log).not.toContain("::");
    const second = await stage.start({ fake: { code: 1, out: markdown }, env, inputs }).end;
    expect(second.code).toBe(1);
    expect(existsSync(file("plan.json"))).toBe(false);
    expect(readFileSync(file("outputs.env"), "utf8")).toContain("AGENTVANE_CHANGES=\n");
    expect(notes.comments).toHaveLength(1);
    await notes.close();
  });
});

test("a preview whose environment could not be checked applies nothing", async () => {
  const fake: FakeRun = { code: 0, out: "no document", report: planText };
  const job = await onPullRequest(fake, { COMMAND: "preview" });
  expect(job.code, job.log).toBe(64);
  expect(job.called?.args[0]).toBe("plan");
  expect(obeyed(job.log).at(-1)?.data).toContain("ephemeral: true");
});

describe("files that the job cannot write or read", () => {
  test("outputs that cannot be written fail the step, after the summary and the comment", async () => {
    const job = await stage.start({
      fake: changes,
      event: pullRequest,
      env: { GITHUB_API_URL: forge.url, GITHUB_OUTPUT: stage.folder },
      inputs: { TOKEN: "token-of-the-workflow" },
    }).end;
    expect(job.code).toBe(1);
    expect(job.log).toContain("The outputs of this step could not be written: it is a folder.");
    expect(job.summary).toBe(`${markdown}\n`);
    expect(forge.comments).toHaveLength(1);
  });

  test("outputs that cannot be written do not change the exit code of a command that failed", async () => {
    const fake: FakeRun = { code: 5, out: "" };
    const job = await stage.start({ fake, env: { GITHUB_OUTPUT: stage.folder } }).end;
    expect(job.code).toBe(5);
  });

  test("a summary that cannot be written is a warning", async () => {
    const env = { GITHUB_STEP_SUMMARY: path.join(stage.folder, "none", "summary") };
    const job = await stage.start({ fake: changes, env }).end;
    expect(job.code, job.log).toBe(0);
    expect(job.outputs).toMatchObject({ "exit-code": "2", digest });
    expect(obeyed(job.log)).toContainEqual(
      expect.objectContaining({
        command: "warning",
        data: "The summary of the job could not be written: it does not exist.",
      }),
    );
  });

  test.each([
    ["that does not exist", "none"],
    ["that is a file", "package/package.json"],
  ])("names a folder for results %s", async (_what, name) => {
    const folder = path.join(stage.folder, name);
    const job = await stage.start({ fake: changes, env: { RUNNER_TEMP: folder } }).end;
    expect(job.code).toBe(1);
    expect(job.log).toContain(`the folder ${folder} cannot hold the results`);
    expect(job.log).not.toContain("bug in agentvane");
    expect(job.called).toBeUndefined();
  });

  test.each(["none", "package/package.json"])(
    "the working directory %s is an invalid input",
    async (name) => {
      const job = await stage.start({ fake: changes, inputs: { WORKING_DIRECTORY: name } }).end;
      expect(job.code).toBe(64);
      expect(job.log).toContain(
        'The input "working-directory" is not valid: expected a folder that exists.',
      );
      expect(job.called).toBeUndefined();
    },
  );
});
