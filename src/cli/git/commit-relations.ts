import type { CommitRelations } from "../../commands/checkout.ts";
import type { CommitRelation } from "../../plan/commit-relation.ts";
import type { GitAnswer } from "./git.ts";

/** Runs git on one repository. */
export type RunGit = (args: readonly string[], input: string) => Promise<GitAnswer>;

/**
 * How commits stand to one that is here, for all of them with three runs of git. Only what is found counts in a shallow
 * clone, where the rest may lie beyond what was fetched, and nothing does where git gives up on a damaged history.
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

/** Those that this repository has; undefined where git fails. */
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
 * Those that git lists when it walks from them to `head`: the ones that `head` does not contain. Undefined where git
 * fails, since an empty list would say that `head` contains them all.
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
