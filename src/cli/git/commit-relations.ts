import type { CommitRelations } from "../../commands/checkout.ts";
import type { CommitRelation } from "../../plan/commit-relation.ts";
import type { GitAnswer } from "./git.ts";

/** Runs git on one repository. */
export type RunGit = (args: readonly string[], input: string) => Promise<GitAnswer>;

/**
 * The relations of commits to one that this repository has, by three runs of git for all of them. In a shallow clone
 * only commits that are found count, because the rest may be in the missing history; nothing counts if git fails on a
 * damaged history.
 */
export function relationsTo(run: RunGit, head: string, isShallow: boolean): CommitRelations {
  return async (commits) => {
    const others = commits.filter((commit) => commit !== head);
    const known = await presentOf(run, others);
    const outside = known && (await listed(run, [], head, known));
    const newer = outside && (await listed(run, ["--ancestry-path"], head, [...outside]));
    const relationOf = (commit: string): CommitRelation => {
      if (commit === head) return "same";
      if (known === undefined || outside === undefined || newer === undefined) return "unknown";
      if (newer.has(commit)) return "descendant";
      if (known.includes(commit) && !outside.has(commit)) return "ancestor";
      if (isShallow) return "unknown";
      return known.includes(commit) ? "diverged" : "unrelated";
    };
    return new Map(commits.map((commit) => [commit, relationOf(commit)]));
  };
}

/** The commits that this repository has; undefined if git fails. */
async function presentOf(
  run: RunGit,
  commits: readonly string[],
): Promise<readonly string[] | undefined> {
  if (commits.length === 0) return [];
  const { status, out } = await run(["cat-file", "--batch-check"], lines(commits));
  if (status !== 0) return undefined;
  const present = new Set(
    [...out.toString("utf8").matchAll(/^([0-9a-f]+) commit \d+$/gm)].map(([, commit]) => commit),
  );
  return commits.filter((commit) => present.has(commit));
}

/**
 * The commits that `head` does not contain: those that git lists on the way from them to `head`. Undefined if git
 * fails, because an empty list would mean that `head` contains them all.
 */
async function listed(
  run: RunGit,
  flags: readonly string[],
  head: string,
  commits: readonly string[],
): Promise<ReadonlySet<string> | undefined> {
  if (commits.length === 0) return new Set();
  const { status, out } = await run(
    ["rev-list", ...flags, "--stdin"],
    lines([`^${head}`, ...commits]),
  );
  if (status !== 0) return undefined;
  const found = new Set(out.toString("utf8").split("\n"));
  return new Set(commits.filter((commit) => found.has(commit)));
}

function lines(texts: readonly string[]): string {
  return texts.map((text) => `${text}\n`).join("");
}
