import { execFile } from "node:child_process";
import type { Descent, Lineage } from "../commands/lineage.ts";

/** What git says of a folder. */
export type Checkout = {
  /** The commit that is checked out. */
  readonly head: string;
  readonly lineage: Lineage;
};

/** The checkout that a folder is part of; undefined where there is no git, no repository or no commit. */
export async function openCheckout(folder: string): Promise<Checkout | undefined> {
  const { status, out } = await git(folder, "rev-parse", "HEAD", "--is-shallow-repository");
  const [head = "", isShallow] = out.trim().split("\n");
  if (status !== 0 || !/^[0-9a-f]{40,64}$/.test(head)) return undefined;
  return { head, lineage: lineageIn(folder, isShallow === "true") };
}

/** Ancestors by `git merge-base`: 0 is yes, 1 is no, anything else is a commit that is not here. */
function lineageIn(folder: string, isShallow: boolean): Lineage {
  return async (commits) =>
    new Map(
      await Promise.all(
        commits.map(async (commit): Promise<[string, Descent]> => {
          const { status } = await git(folder, "merge-base", "--is-ancestor", commit, "HEAD");
          if (status === 0) return [commit, "ancestor"];
          return [commit, isShallow ? "unknown" : "stranger"];
        }),
      ),
    );
}

type Answer = { readonly status: number | undefined; readonly out: string };

function git(folder: string, ...args: readonly string[]): Promise<Answer> {
  return new Promise((resolve) => {
    execFile("git", args, { cwd: folder, encoding: "utf8" }, (error, out) => {
      const code = error === null ? 0 : error.code;
      resolve({ status: typeof code === "number" ? code : undefined, out });
    });
  });
}
