import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { expect } from "vitest";
import { stringify } from "yaml";
import { acme, type Outcome, type Stage } from "./stage.ts";
import type { Agents } from "./steps.ts";

/** A repository that a team pushes to, and the jobs that run in fresh clones of it. */
export type Team = {
  /** Where the team works; `main` is checked out at first. */
  readonly folder: string;
  readonly git: (...args: readonly string[]) => string;
  /** Runs git as if it were so many minutes after yesterday's start. */
  readonly gitAt: (minute: number, ...args: readonly string[]) => string;
  /** Commits these agents, and other files, on what is checked out, and pushes it. Gives the commit. */
  readonly commit: (
    minute: number,
    agents: Agents,
    files?: Readonly<Record<string, string>>,
  ) => string;
  /** A fresh clone with a commit checked out, as a job gets it. Gives its folder, from the stage's. */
  readonly clone: (commit: string, ...flags: readonly string[]) => string;
  /** Applies unattended in a fresh clone. */
  readonly job: (commit: string, ...flags: readonly string[]) => Promise<Outcome>;
  /** The same; it has to end with this code, and with 4 or 1 nothing may be written. Gives all that it said. */
  readonly ends: (code: number, commit: string, ...flags: readonly string[]) => Promise<string>;
};

const yesterday = Math.floor(Date.now() / 1000) - 86_400;

/** Sets up a repository with an empty `main`. */
export function formTeam(stage: Stage): Team {
  const origin = path.join(stage.folder, "origin.git");
  const folder = path.join(stage.folder, "work");
  let clones = 0;
  const run = (cwd: string, args: readonly string[], minute = 0): string => {
    const date = `@${yesterday + minute * 60} +0000`;
    const who = [
      "-c",
      "user.name=t",
      "-c",
      "user.email=t@example.com",
      "-c",
      "core.autocrlf=false",
    ];
    return execFileSync("git", [...who, ...args], {
      cwd,
      encoding: "utf8",
      env: { ...process.env, GIT_AUTHOR_DATE: date, GIT_COMMITTER_DATE: date },
      stdio: ["ignore", "pipe", "ignore"],
    }).trim();
  };
  run(stage.folder, ["init", "-q", "--bare", "--initial-branch=main", origin]);
  run(origin, ["config", "uploadpack.allowAnySHA1InWant", "true"]);
  run(stage.folder, ["clone", "-q", `file://${origin}`, folder]);
  run(folder, ["checkout", "-q", "-B", "main"]);
  const clone = (commit: string, ...flags: readonly string[]) => {
    clones += 1;
    const name = `job-${clones}`;
    run(stage.folder, ["clone", "-q", ...flags, `file://${origin}`, name]);
    run(path.join(stage.folder, name), ["checkout", "-q", commit]);
    return name;
  };
  const job = (commit: string, ...flags: readonly string[]) => {
    const file = `${clone(commit)}/agents.yaml`;
    return stage.run(["apply --auto-approve -f", file, ...flags].join(" "));
  };
  return {
    folder,
    clone,
    job,
    git: (...args) => run(folder, args),
    gitAt: (minute, ...args) => run(folder, args, minute),
    commit: (minute, agents, files = {}) => {
      const all = { "agents.yaml": stringify(acme(agents)), ...files };
      for (const [name, text] of Object.entries(all)) {
        mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
        writeFileSync(path.join(folder, name), text);
      }
      run(folder, ["add", "--all"]);
      run(folder, ["commit", "-q", "--allow-empty", "-m", `minute ${minute}`], minute);
      run(folder, ["push", "-q", "-f", "origin", "HEAD"]);
      return run(folder, ["rev-parse", "HEAD"]);
    },
    ends: async (code, commit, ...flags) => {
      stage.takeWrites();
      const { code: ended, out, err } = await job(commit, ...flags);
      expect(ended, out + err).toBe(code);
      if (code !== 0) expect(stage.takeWrites()).toEqual([]);
      return out + err;
    },
  };
}
