import type { CommitRelations } from "../commands/checkout.ts";
import type { CommitRelation } from "../plan/commit-relation.ts";
import { type GitPlace, git } from "./git.ts";

/**
 * How commits stand to one that is here, for all of them with three runs of git. In a shallow clone only what is found
 * counts: what is not found may lie beyond what was fetched.
 */
export function relationsTo(place: GitPlace, head: string, isShallow: boolean): CommitRelations {
  return async (commits) => {
    const others = commits.filter((commit) => commit !== head);
    const known = await presentOf(place, others);
    const outside = await listed(place, [], head, known);
    const newer = await listed(place, ["--ancestry-path"], head, [...outside]);
    const relationOf = (commit: string): CommitRelation => {
      if (commit === head) return "same";
      if (newer.has(commit)) return "descendant";
      if (known.includes(commit) && !outside.has(commit)) return "ancestor";
      if (isShallow) return "unknown";
      return known.includes(commit) ? "diverged" : "unrelated";
    };
    return new Map(commits.map((commit) => [commit, relationOf(commit)]));
  };
}

/** Those that this repository has. */
async function presentOf(place: GitPlace, commits: readonly string[]): Promise<readonly string[]> {
  if (commits.length === 0) return [];
  const { out } = await git(place, ["cat-file", "--batch-check"], lines(commits));
  const present = new Set(
    [...out.toString("utf8").matchAll(/^([0-9a-f]+) commit \d+$/gm)].map(([, commit]) => commit),
  );
  return commits.filter((commit) => present.has(commit));
}

/** Those that git lists when it walks from them to `head`: the ones that `head` does not contain. */
async function listed(
  place: GitPlace,
  flags: readonly string[],
  head: string,
  commits: readonly string[],
): Promise<ReadonlySet<string>> {
  if (commits.length === 0) return new Set();
  const { out } = await git(
    place,
    ["rev-list", ...flags, "--stdin"],
    lines([`^${head}`, ...commits]),
  );
  const found = new Set(out.toString("utf8").split("\n"));
  return new Set(commits.filter((commit) => found.has(commit)));
}

function lines(texts: readonly string[]): string {
  return texts.map((text) => `${text}\n`).join("");
}
