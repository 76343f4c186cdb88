import { execFile } from "node:child_process";
import type { Descent, Lineage } from "../commands/lineage.ts";

/** What git says of a folder. */
export type Checkout = {
  /** The commit that is checked out; undefined where git does not say. */
  readonly head: string | undefined;
  /** Not all of the history is here. */
  readonly isShallow: boolean;
  /** How commits stand to this one. */
  readonly lineage: (descendant: string) => Lineage;
};

/**
 * The checkout that a folder is part of; undefined where there is no git, no repository or no commit. In a
 * repository of another user, as containers in CI have it, git says nothing, and nothing can be told.
 */
export async function openCheckout(folder: string): Promise<Checkout | undefined> {
  const { status, out, err } = await git(folder, "rev-parse", "HEAD", "--is-shallow-repository");
  if (err.includes("safe.directory")) {
    return { head: undefined, isShallow: false, lineage: () => untold };
  }
  const [head = "", shallow] = out.trim().split("\n");
  const isShallow = shallow === "true";
  if (status !== 0 || !/^[0-9a-f]{40,64}$/.test(head)) return undefined;
  return { head, isShallow, lineage: (to) => lineageIn(folder, isShallow, to) };
}

const untold: Lineage = async (commits) =>
  new Map(commits.map((commit): [string, Descent] => [commit, "unknown"]));

/** Ancestors by `git merge-base`: 0 is yes, 1 is no, anything else is a commit that is not here. */
function lineageIn(folder: string, isShallow: boolean, descendant: string): Lineage {
  return async (commits) =>
    new Map(
      await Promise.all(
        commits.map(async (commit): Promise<[string, Descent]> => {
          const { status } = await git(folder, "merge-base", "--is-ancestor", commit, descendant);
          if (status === 0) return [commit, "ancestor"];
          return [commit, isShallow ? "unknown" : "stranger"];
        }),
      ),
    );
}

/** Whether git would take a file of a folder into a commit, or has it in one already. */
export async function isCommittable(folder: string, file: string): Promise<boolean> {
  const { status } = await git(folder, "check-ignore", "-q", "--", file);
  return status === 1;
}

type Answer = { readonly status: number | undefined; readonly out: string; readonly err: string };

function git(folder: string, ...args: readonly string[]): Promise<Answer> {
  return new Promise((resolve) => {
    const env = { ...process.env, LC_ALL: "C" };
    execFile("git", args, { cwd: folder, encoding: "utf8", env }, (error, out, err) => {
      const code = error === null ? 0 : error.code;
      resolve({ status: typeof code === "number" ? code : undefined, out, err });
    });
  });
}
