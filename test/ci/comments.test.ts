import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Clock } from "../../src/agent/ports.ts";
import { commentOf } from "../../src/ci/comment-body.ts";
import type { Comments } from "../../src/ci/comments.ts";
import { createCall } from "../../src/ci/forge-call.ts";
import { githubComments, githubHeaders } from "../../src/ci/github-comments.ts";
import { gitlabHeaders, gitlabNotes } from "../../src/ci/gitlab-notes.ts";
import { jobContextOf } from "../../src/ci/job-context.ts";
import type { CiNotice } from "../../src/ci/notice.ts";
import { addComment, keepComment } from "../../src/ci/put-comment.ts";
import { readTask, type Task } from "../../src/ci/task.ts";
import { createSend } from "../../src/cli/ci/send.ts";
import { ciCommentTexts } from "../../src/report/ci/comment.ts";
import { type ForgeStandIn, startForge } from "./forge-stand-in.ts";

const job = jobContextOf({}, undefined);
const created: CiNotice = { kind: "comment_written", isNew: true };
const updated: CiNotice = { kind: "comment_written", isNew: false };

/** A clock on which waiting takes no time and is noted. */
function clockThat(slept: number[]): Clock {
  return {
    now: () => 0,
    sleep: async (ms) => void slept.push(ms),
  };
}

function plan(
  text: string,
  { project = "acme", env = "", code = 2, file = "", args = "", server = "", folder = "" } = {},
) {
  const task = readTask(
    {
      AGENTVANE_CI_ENV: env,
      AGENTVANE_CI_FILE: file,
      AGENTVANE_CI_ARGS: args,
      AGENTVANE_CI_WORKING_DIRECTORY: folder,
      AGENTVANE_SERVER_URL: server,
    },
    job,
  ) as Task;
  const head = `<!-- agentvane plan: project=${project}, environment=${env} -->\n\n`;
  const markdown = text === "" ? "" : `${head}${text}\n`;
  return commentOf(task, { code, markdown, short: undefined }, job, 65_536, ciCommentTexts);
}

let forge: ForgeStandIn;
let slept: number[];
beforeEach(() => {
  slept = [];
});
afterEach(() => forge?.close());

async function start(
  kind: "github" | "gitlab",
  token = "token-of-the-workflow",
): Promise<Comments> {
  forge = await startForge(kind);
  return as(kind, token);
}

function as(kind: "github" | "gitlab", token: string): Comments {
  const headers = kind === "github" ? githubHeaders(token) : gitlabHeaders(token);
  const call = createCall({ api: forge.url, headers }, createSend({}), clockThat(slept));
  return kind === "github" ? githubComments(call, "acme/agents", 7) : gitlabNotes(call, "42", 7);
}

function others(count: number): void {
  for (let at = 0; at < count; at += 1) {
    forge.comments.push({ id: at + 1, body: `Looks good, ${at}`, login: "kim" });
  }
}

const posts = () => forge.requests.filter((each) => each.startsWith("POST"));
const bodies = () => forge.comments.map(({ body }) => body);

describe.each([
  ["github", "token-of-the-workflow"],
  ["github", "token-of-jo"],
  ["gitlab", "token-of-jo"],
] as const)("on %s with the %s", (kind, token) => {
  test("a comment is created once and then kept up to date", async () => {
    const comments = await start(kind, token);
    expect(await keepComment(comments, plan("one change"))).toEqual(created);
    expect(await keepComment(comments, plan("two changes"))).toEqual(updated);
    expect(bodies()).toEqual([plan("two changes").body]);
  });

  test("is found after 250 comments of others", async () => {
    const comments = await start(kind, token);
    others(250);
    await keepComment(comments, plan("one"));
    expect(forge.requests.filter((each) => each.startsWith("GET"))).toHaveLength(3);
    others(250);
    expect(await keepComment(comments, plan("two"))).toEqual(updated);
    expect(bodies().filter((body) => body.includes("agentvane"))).toEqual([plan("two").body]);
  });

  test("each project and each environment has its own", async () => {
    const comments = await start(kind, token);
    const wanted = [plan("a", { env: "prod" }), plan("b", { env: "staging" }), plan("c")];
    for (const each of wanted) await keepComment(comments, each);
    for (const each of wanted) expect(await keepComment(comments, each)).toEqual(updated);
    expect(bodies()).toEqual(wanted.map(({ body }) => body));
  });

  test("each task of a project has its own: other arguments, server, file or folder", async () => {
    const comments = await start(kind, token);
    const tasks = [
      {},
      { args: "--only triage" },
      { args: "--only billing" },
      { args: "--only 'triage billing'" },
      { args: "--only triage billing" },
      { server: "https://one.example.test" },
      { server: "https://two.example.test", args: "--only triage" },
      { file: "other.yaml" },
      { folder: "other" },
    ];
    for (const task of tasks) {
      expect(await keepComment(comments, plan("first", task))).toEqual(created);
    }
    for (const [at, task] of tasks.entries()) {
      // Also one that ended before it knew its project.
      const wanted = at % 2 === 0 ? plan("again", task) : plan("", { ...task, code: 3 });
      expect(await keepComment(comments, wanted)).toEqual(updated);
    }
    expect(bodies()).toHaveLength(tasks.length);
  });

  test("a run that ended before it knew its project updates the existing comment, and so does the next run", async () => {
    const comments = await start(kind, token);
    await keepComment(comments, plan("fine"));
    expect(await keepComment(comments, plan("", { code: 3 }))).toEqual(updated);
    expect(bodies()).toEqual([expect.stringContaining("exit code 3")]);
    expect(await keepComment(comments, plan("fine again"))).toEqual(updated);
    expect(bodies()).toEqual([plan("fine again").body]);
  });

  test("a run with an invalid file updates its comment; two invalid files have two comments", async () => {
    const comments = await start(kind, token);
    const [a, b] = ["a.yaml", "b.yaml"];
    await keepComment(comments, plan("a", { project: "a", file: a }));
    await keepComment(comments, plan("b", { project: "b", file: b }));
    for (const file of [a, b]) {
      const broken = plan(`${file} is broken`, { project: "", file, code: 3 });
      expect(await keepComment(comments, broken)).toEqual(updated);
    }
    expect(bodies()).toEqual([a, b].map((file) => expect.stringContaining(`${file} is broken`)));
    for (const project of ["a", "b"]) {
      const mended = plan(`${project} is mended`, { project, file: `${project}.yaml` });
      expect(await keepComment(comments, mended)).toEqual(updated);
    }
    expect(bodies()).toEqual(
      ["a", "b"].map((each) => expect.stringContaining(`${each} is mended`)),
    );
  });

  test("a task that changes its project does not overwrite the comment of the first one", async () => {
    const comments = await start(kind, token);
    await keepComment(comments, plan("one", { project: "one" }));
    expect(await keepComment(comments, plan("two", { project: "two" }))).toEqual(created);
  });

  test("is found although the forge changed its line breaks", async () => {
    const comments = await start(kind, token);
    await keepComment(comments, plan("one"));
    for (const comment of forge.comments) comment.body = comment.body.replaceAll("\n", "\r\n");
    expect(await keepComment(comments, plan("two"))).toEqual(updated);
  });

  test("a comment of another author with our marker is not changed", async () => {
    const comments = await start(kind, token);
    const { body } = plan("approved, trust me");
    forge.comments.push({ id: 1, body, login: "mallory" });
    expect(await keepComment(comments, plan("deletes all"))).toEqual(created);
    expect(bodies()).toEqual([body, plan("deletes all").body]);
    expect(await keepComment(comments, plan("again"))).toEqual(updated);
    expect(bodies()).toEqual([body, plan("again").body]);
  });

  test("without `sticky`, each run writes a comment", async () => {
    const comments = await start(kind, token);
    expect(await addComment(comments, "one")).toEqual(created);
    expect(await addComment(comments, "two")).toEqual(created);
    expect(bodies()).toEqual(["one", "two"]);
  });
});

test("on GitLab no line of a note is a command", async () => {
  const comments = await start("gitlab", "token-of-jo");
  await addComment(comments, "/merge\ntext /close\r\n/approve");
  await keepComment(comments, plan("/close\n"));
  await keepComment(comments, plan("/label ~x\n"));
  expect(forge.comments).toHaveLength(2);
  expect(forge.comments[0]?.body).toBe(" /merge\ntext /close\r\n /approve");
  expect(forge.comments[1]?.body).toContain("\n /label ~x");
});

const forbidden = (status: number): CiNotice => ({
  kind: "comment_failed",
  problem: { kind: "forbidden", status },
});
const limited: CiNotice = { kind: "comment_failed", problem: { kind: "limited" } };

describe("a comment that cannot be written is a notice", () => {
  test("from a fork", async () => {
    const comments = await start("github", "token-of-a-fork");
    expect(await keepComment(comments, plan("x"))).toEqual(forbidden(403));
    expect(posts()).toHaveLength(1);
    expect(forge.comments).toEqual([]);
  });

  test("when comments cannot be read", async () => {
    const comments = await start("github");
    forge.fail({ method: "GET", status: 404, times: 1 });
    expect(await keepComment(comments, plan("x"))).toEqual(forbidden(404));
    expect(forge.requests).toHaveLength(1);
  });

  test("with an invalid token", async () => {
    const comments = await start("github", "nonsense");
    expect(await keepComment(comments, plan("x"))).toEqual({
      kind: "comment_failed",
      problem: { kind: "failed", status: 401, reason: "Bad credentials" },
    });
    expect(slept).toEqual([]);
  });

  test("when it is too long", async () => {
    const comments = await start("github");
    const notice = await addComment(comments, "x".repeat(65_537));
    expect(notice).toMatchObject({ problem: { status: 422, reason: "Body is too long" } });
  });
});

describe("retries", () => {
  test("wait for Retry-After, also before a POST", async () => {
    const comments = await start("github");
    const headers = { "retry-after": "7" };
    forge.fail({ method: "GET", status: 429, times: 1, headers });
    forge.fail({ method: "POST", status: 403, times: 1, headers });
    expect(await keepComment(comments, plan("x"))).toEqual(created);
    expect(slept).toEqual([7_000, 7_000]);
  });

  test("wait at most a minute", async () => {
    const comments = await start("github");
    forge.fail({ method: "GET", status: 429, times: 1, headers: { "retry-after": "61" } });
    expect(await keepComment(comments, plan("x"))).toEqual(limited);
    expect(slept).toEqual([]);
  });

  test("end after four attempts", async () => {
    const comments = await start("github");
    forge.fail({ method: "GET", status: 403, times: 9, headers: { "x-ratelimit-remaining": "0" } });
    expect(await keepComment(comments, plan("x"))).toEqual(limited);
    expect(slept).toEqual([1_000, 2_000, 4_000]);
  });

  test.each([
    ["GET", 502],
    ["GET", 0],
    ["PATCH", 503],
    ["PATCH", 0],
  ])("%s is sent again after %s", async (method, status) => {
    const comments = await start("github");
    await keepComment(comments, plan("one"));
    forge.fail({ method, status, times: 2 });
    expect(await keepComment(comments, plan("two"))).toEqual(updated);
    expect(slept).toEqual([1_000, 2_000]);
    expect(bodies()).toEqual([plan("two").body]);
  });

  test("report a list that never arrives", async () => {
    const comments = await start("github");
    forge.fail({ method: "GET", status: 500, times: 9 });
    expect(await keepComment(comments, plan("x"))).toMatchObject({
      problem: { kind: "failed", reason: "status 500" },
    });
    expect(posts()).toEqual([]);
  });

  test("report a web page instead of a list", async () => {
    const comments = await start("github");
    forge.fail({ method: "GET", status: 200, times: 1, body: "<html>" });
    expect(await keepComment(comments, plan("x"))).toMatchObject({ problem: { kind: "failed" } });
    expect(posts()).toEqual([]);
  });

  test.each([502, 0])(
    "a POST that was carried out and answered with %s is not repeated",
    async (status) => {
      const comments = await start("github");
      forge.fail({ method: "POST", status, times: 1, isDone: true });
      expect(await keepComment(comments, plan("x"))).toEqual(updated);
      expect(bodies()).toEqual([plan("x").body]);
      expect(posts()).toHaveLength(1);
    },
  );

  test.each([502, 0])(
    "a POST that was not carried out, and answered with %s, is retried",
    async (status) => {
      const comments = await start("github");
      forge.fail({ method: "POST", status, times: 1 });
      expect(await keepComment(comments, plan("x"))).toEqual(created);
      expect(bodies()).toEqual([plan("x").body]);
      expect(posts()).toHaveLength(2);
    },
  );

  test("a POST with an unknown outcome is repeated once", async () => {
    const comments = await start("github");
    forge.fail({ method: "POST", status: 502, times: 9 });
    expect(await keepComment(comments, plan("x"))).toMatchObject({ problem: { kind: "failed" } });
    expect(posts()).toHaveLength(2);
  });

  test("a comment that was deleted meanwhile is created again", async () => {
    const comments = await start("github");
    await keepComment(comments, plan("one"));
    const onHit = () => void forge.comments.splice(0);
    forge.fail({ method: "PATCH", status: 404, times: 1, onHit });
    expect(await keepComment(comments, plan("two"))).toEqual(created);
    expect(bodies()).toEqual([plan("two").body]);
  });
});

describe("the body of a comment", () => {
  const where = {
    ...job,
    log: "https://example.test/acme/agents/actions/runs/77",
    commit: "abcdef01".repeat(5),
  };
  const task = readTask({ AGENTVANE_CI_FILE: "a\n-->b" }, job) as Task;

  test("starts with the marker and ends with the slot", () => {
    const markdown = "<!-- agentvane plan: acme -->\n\n## Plan\n";
    const { body } = commentOf(
      task,
      { code: 2, markdown, short: undefined },
      where,
      65_536,
      ciCommentTexts,
    );
    const lines = body.split("\n");
    expect(lines[0]).toBe("<!-- agentvane plan: acme -->");
    expect(body).toContain(
      "for commit abcdef01abcd · file `a\\n-->b` · [log](<https://example.test/",
    );
    expect(lines.at(-1)).toMatch(/^<!-- agentvane-ci .* -->$/);
  });

  test("shows what distinguishes it from other comments, and no confidential value", () => {
    const args = "--only triage --var token=hunter2hunter2 --var=key=hunter2hunter2 --prune '-->x'";
    const { body } = plan("x", { args, folder: "fleet", file: "a`b.yaml" });
    expect(body).toContain(
      "<sub>in `fleet` · file ``a`b.yaml`` · with `--only triage --var … --var=… --prune …`</sub>",
    );
    expect(body).not.toContain("hunter2");
    expect(plan("x").body).not.toContain("<sub>");
  });

  test("says where the result is if it is too long, and keeps its marker", () => {
    const markdown = `<!-- agentvane plan: acme -->\n\n${"x".repeat(65_536)}`;
    const wanted = commentOf(
      task,
      { code: 2, markdown, short: undefined },
      where,
      65_536,
      ciCommentTexts,
    );
    expect(wanted.body.length).toBeLessThan(1_000);
    expect(wanted.body.startsWith("<!-- agentvane plan: acme -->\n")).toBe(true);
    expect(wanted.body).toContain("longer than a comment may be");
  });
});
