import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { acme, type Stage, setStage } from "./stage.ts";
import { agentNamed, pointers, refused } from "./steps.ts";

let stage: Stage;
beforeEach(async () => {
  stage = await setStage();
  git("init", "--quiet", "--initial-branch=main");
});
afterEach(() => stage.close());

const file = (name: string) => path.join(stage.folder, name);

function git(...args: readonly string[]): string {
  const who = ["-c", "user.name=t", "-c", "user.email=t@example.com", "-c", "commit.gpgsign=false"];
  return execFileSync("git", [...who, ...args], { cwd: stage.folder, encoding: "utf8" }).trim();
}

function commit(description: string): string {
  stage.write(acme({ triage: { description, aliases: ["prod"] } }));
  git("add", "agents.yaml");
  git("commit", "--quiet", "--message", description);
  return git("rev-parse", "HEAD");
}

const message = () =>
  String(stage.emulator.control.shown(agentNamed(stage, "triage").id).version_message);

async function runs(code: number, args: string, env: Readonly<Record<string, string>> = {}) {
  stage.takeWrites();
  const { code: ended, out, err } = await stage.run(args, env);
  expect(ended, out + err).toBe(code);
  if (code !== 0) expect(stage.takeWrites()).toEqual([]);
  return out + err;
}

const apply = "apply --auto-approve";

describe("a repository that cannot be read is never taken for none:", () => {
  const spoil: readonly (readonly [string, () => Readonly<Record<string, string>>, RegExp])[] = [
    [
      "git is not installed",
      () => ({
        PATH:
          path.dirname(process.execPath) === "/usr/bin"
            ? "/nowhere"
            : path.dirname(process.execPath),
      }),
      /git is not installed[\s\S]*Install git/,
    ],
    [
      "HEAD is garbage",
      () => {
        writeFileSync(file(".git/HEAD"), "garbage\n");
        return {};
      },
      /git cannot read the repository[\s\S]*git status/,
    ],
    [
      "HEAD names a branch that is not there",
      () => {
        writeFileSync(file(".git/HEAD"), "ref: refs/heads/gone\n");
        return {};
      },
      /names no commit \(refs\/heads\/gone\)/,
    ],
    [
      "HEAD names a commit that is not there",
      () => {
        writeFileSync(file(".git/HEAD"), `${"a".repeat(40)}\n`);
        return {};
      },
      /names no commit/,
    ],
    [
      "its folder is empty",
      () => {
        renameSync(file(".git"), file("elsewhere"));
        mkdirSync(file(".git"));
        return {};
      },
      /git cannot read the repository/,
    ],
    [
      "its file leads nowhere",
      () => {
        renameSync(file(".git"), file("elsewhere"));
        writeFileSync(file(".git"), "gitdir: nowhere\n");
        return {};
      },
      /git cannot read the repository/,
    ],
    [
      "GIT_DIR is wrong",
      () => ({ GIT_DIR: "/nowhere" }),
      /GIT_DIR is set to \/nowhere[\s\S]*Unset/,
    ],
  ];

  test.each(spoil)(
    "%s: apply ends with 1 and the fix, plan notes it, --allow-rewind goes on",
    async (_name, act, said) => {
      commit("one");
      await runs(0, apply);
      commit("two");
      const env = act();
      expect(await runs(1, apply, env)).toMatch(said);
      expect(await runs(0, "plan", env)).toMatch(/apply refuses this/);
      expect(await runs(0, "rollback prod --to 0 --only triage --auto-approve", env)).toBeTruthy();
      await runs(0, `${apply} --allow-rewind`, env);
      expect(pointers(stage).triage).toEqual({ default: 1, prod: 1 });
      await runs(0, apply, env);
    },
  );

  test.each([
    ["apply --auto-approve --timeout 1s", 1],
    ["plan --timeout 1s", 1],
    ["doctor --timeout 1s", 1],
  ])("on a disk that hangs: the run's time ends %s", async (args, code) => {
    commit("one");
    rmSync(file(".git/HEAD"));
    execFileSync("sh", ["-c", `mkfifo "${file(".git/HEAD")}"`]);
    expect(await runs(code, args)).toMatch(/the run timed out/);
  });

  test("a commit of the history is missing: an older job is not taken for a newer one", async () => {
    const first = commit("one");
    const between = commit("two");
    commit("three");
    await runs(0, apply);
    git("checkout", "--quiet", first);
    rmSync(file(`.git/objects/${between.slice(0, 2)}/${between.slice(2)}`));
    expect(await runs(1, apply)).toMatch(/commit_unknown[\s\S]*clone it again/);
    await runs(0, `${apply} --allow-rewind`);
  });

  test("nested in another one, it is not that other one", async () => {
    commit("one");
    mkdirSync(file("inner/.git"), { recursive: true });
    writeFileSync(file("inner/agents.yaml"), readFileSync(file("agents.yaml")));
    expect(await runs(1, `${apply} -f inner/agents.yaml`)).toMatch(/inner/);
  });

  test("GIT_DIR that is right is used, from wherever it is named", async () => {
    const one = commit("one");
    renameSync(file(".git"), file("kept"));
    await runs(0, apply, { GIT_DIR: "kept" });
    expect(message()).toContain(`commit ${one} of `);
  });
});

test("no repository, and one without a commit: nothing is recorded, nothing refused", async () => {
  stage.write(acme({ triage: {} }));
  await runs(0, apply);
  expect(message()).not.toContain("commit");
  rmSync(file(".git"), { recursive: true });
  stage.write(acme({ triage: { description: "new" } }));
  await runs(0, apply);
});

test.skipIf(process.getuid?.() !== 0)(
  "a checkout of another user, as in a container: it is read, and the guard is on",
  async () => {
    const older = commit("older");
    await runs(0, apply);
    commit("newer");
    await runs(0, apply);
    git("checkout", "--quiet", older);
    for (const name of [
      "",
      ".git",
      ...readdirSync(file(".git"), { recursive: true }).map((each) => `.git/${each}`),
    ]) {
      chownSync(file(name), 65_534, 65_534);
    }
    expect(() => git("rev-parse", "HEAD")).toThrow();
    expect(await runs(4, apply)).toContain("which contains this one");
  },
);

test("nothing that the repository's own configuration names is started", async () => {
  const older = commit("older");
  await runs(0, apply);
  commit("newer");
  await runs(0, apply);
  const marker = file("started");
  const script = file("script.sh");
  writeFileSync(script, `#!/bin/sh\necho "$0 $*" >> ${marker}\ncat\n`);
  chmodSync(script, 0o755);
  git("checkout", "--quiet", older);
  writeFileSync(
    file(".git/config"),
    `${readFileSync(file(".git/config"), "utf8")}
[core]
	fsmonitor = ${script}
	pager = ${script}
	sshCommand = ${script}
	hooksPath = ${stage.folder}
	alternateRefsCommand = ${script}
[log]
	showSignature = true
[gpg]
	program = ${script}
[filter "x"]
	clean = ${script}
	smudge = ${script}
	process = ${script}
[diff "x"]
	textconv = ${script}
[alias]
	rev-parse = !${script}
[extensions]
	partialClone = origin
[remote "origin"]
	url = ssh://nowhere/repository
	promisor = true
	uploadpack = ${script}
	vcs = x
`,
  );
  writeFileSync(file(".gitattributes"), "* filter=x diff=x\n");
  const text = readFileSync(file("agents.yaml"), "utf8");
  writeFileSync(file("agents.yaml"), `${text}# changed\n`);
  expect(await runs(0, "plan")).toContain("agents.yaml");
  await runs(4, apply);
  await runs(3, "rollback prod --to-commit abcdef1 --auto-approve");
  expect(existsSync(marker) ? readFileSync(marker, "utf8") : "").toBe("");
});

describe("files that are not as the commit has them", () => {
  const include = (text: string, files: Readonly<Record<string, string>>) => {
    stage.write(
      {
        version: 1,
        project: "acme",
        agents: { triage: { model: "m", instructions: { file: "prompts/triage.md" } } },
      },
      { "prompts/triage.md": text, ...files },
    );
  };

  test("are noted by plan, and the commit is recorded as -dirty", async () => {
    include("one", {});
    git("add", "--all");
    git("commit", "--quiet", "--message", "one");
    const head = git("rev-parse", "HEAD");
    await runs(0, apply);
    expect(message()).toContain(`commit ${head} of `);
    include("two", {});
    expect(await runs(0, "plan")).toMatch(/prompts\/triage\.md; versions will be marked -dirty/);
    await runs(0, apply);
    expect(message()).toContain(`commit ${head}-dirty of `);
    expect(await runs(0, "history triage")).toContain(`${head.slice(0, 12)}-dirty`);
  });

  const cases: readonly (readonly [string, () => void, boolean])[] = [
    ["a file that is not read", () => include("one\nmore\n", { "more.txt": "" }), false],
    ["a downloaded plan", () => include("one\nmore\n", { "plan.json": "{}" }), false],
    ["line ends alone", () => include("one\r\nmore\r\n", {}), false],
    [
      "a file that is only staged",
      () => {
        include("two", {});
        git("add", "--all");
      },
      true,
    ],
    ["a prompt that is ignored", () => include("two", { ".gitignore": "prompts" }), true],
    [
      "a file that was taken out of the index",
      () => void git("rm", "-q", "--cached", "prompts/triage.md"),
      false,
    ],
    [
      "a large file that is kept elsewhere, with its pointer in the commit",
      () => {
        const digest = createHash("sha256").update("large\n").digest("hex");
        const spec = "version https://git-lfs.github.com/spec/v1";
        include(`${spec}\noid sha256:${digest}\nsize 6\n`, {});
        git("add", "--all");
        git("commit", "--quiet", "--message", "pointer");
        include("large\n", {});
      },
      false,
    ],
    [
      "a link in place of the file, to another one that is committed",
      () => {
        rmSync(file("prompts/triage.md"));
        symlinkSync("../other.md", file("prompts/triage.md"));
      },
      true,
    ],
  ];

  test.each(cases)("%s", async (_name, act, isDirty) => {
    include("one\nmore\n", { "other.md": "one\nmore\n" });
    git("add", "--all");
    git("commit", "--quiet", "--message", "one");
    act();
    await runs(0, apply);
    expect(message().includes("-dirty")).toBe(isDirty);
  });

  test("links that are committed are none, nor are files that the repository keeps with returns", async () => {
    include("unused", { "shared/real.md": "one\r\n" });
    rmSync(file("prompts"), { recursive: true });
    symlinkSync("shared", file("prompts"));
    symlinkSync("real.md", file("shared/triage.md"));
    git("-c", "core.autocrlf=false", "add", "--all");
    git("commit", "--quiet", "--message", "links");
    writeFileSync(file("shared/real.md"), "one\n");
    await runs(0, apply);
    expect(message()).not.toContain("-dirty");
  });

  test("rollback --to-commit takes clean versions only, by seven characters or more", async () => {
    const one = commit("one");
    await runs(0, apply);
    stage.write(acme({ triage: { description: "never committed", aliases: ["prod"] } }));
    await runs(0, apply);
    git("checkout", "--quiet", "--", "agents.yaml");
    commit("two");
    await runs(0, apply);
    expect(pointers(stage).triage).toEqual({ default: 2, prod: 2 });
    await refused(stage, 64, `rollback prod --to-commit ${one.slice(0, 6)} --auto-approve`);
    await runs(0, `rollback prod --to-commit ${one.slice(0, 7)} --auto-approve`);
    expect(pointers(stage).triage).toMatchObject({ prod: 0 });
    await refused(stage, 3, `rollback prod --to-commit ${"0".repeat(7)} --auto-approve`);
  });
});
