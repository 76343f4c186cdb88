import { spawn } from "node:child_process";
import { Interrupted } from "../shutdown.ts";

/** Where git runs: a folder, and the top of the checkout that git must trust, if any. */
export type GitPlace = {
  readonly folder: string;
  readonly trusted: string | undefined;
  /** Aborts when the run is asked to stop, so that a repository on a hanging disk does not block it. */
  readonly ended: AbortSignal;
};

/** How git ended; `status` is undefined if it could not be started. */
export type GitAnswer = {
  readonly status: number | undefined;
  readonly out: Buffer;
  readonly err: string;
};

/**
 * Runs git on a repository that may belong to another user, as in a CI container. Git trusts only this checkout, and
 * starts no program that the configuration of the repository names: no file system monitor, no pager, no transport that
 * fetches missing objects. Use it only for commands without filters, hooks and signatures. Rejects only with
 * `Interrupted`, if the run is asked to stop meanwhile.
 */
export function git(
  { folder, trusted, ended }: GitPlace,
  args: readonly string[],
  input = "",
): Promise<GitAnswer> {
  const safe = trusted === undefined ? [] : ["-c", `safe.directory=${trusted}`];
  const own = [...safe, "-c", "core.fsmonitor=false", ...guards, ...args];
  const child = spawn("git", own, {
    cwd: folder,
    env: { ...process.env, ...variables },
    signal: ended,
    killSignal: "SIGKILL",
  });
  return new Promise((resolve, reject) => {
    const out: Buffer[] = [];
    const err: Buffer[] = [];
    child.stdout.on("data", (part: Buffer) => void out.push(part));
    child.stderr.on("data", (part: Buffer) => void err.push(part));
    // Git may end before it has read all of its input; its exit status shows why.
    child.stdin.on("error", () => {});
    child.on("error", () => {
      if (ended.aborted) reject(new Interrupted());
      else resolve({ status: undefined, out: Buffer.alloc(0), err: "" });
    });
    child.on("close", (code) =>
      resolve({
        status: code ?? -1,
        out: Buffer.concat(out),
        err: Buffer.concat(err).toString("utf8"),
      }),
    );
    child.stdin.end(input);
  });
}

const guards = ["--no-pager", "--no-optional-locks", "--no-replace-objects"];

const variables = {
  LC_ALL: "C",
  GIT_TERMINAL_PROMPT: "0",
  GIT_NO_LAZY_FETCH: "1",
  // No transport has this name: objects that a partial clone lacks are not fetched.
  GIT_ALLOW_PROTOCOL: "none",
};
