import { isList, isObject, type Json } from "../agent/json.ts";
import type { ForgeResult } from "./comments.ts";
import type { ForgeClient } from "./forge-call.ts";

/** How to find the merged requests of a commit in the API of a forge. */
export type MergedRequests = {
  readonly path: (project: string, commit: string) => string;
  /** The number of a merged request; undefined if it was not merged. */
  readonly numberOf: (request: Json) => number | undefined;
  /** Members of a request that may hold its merge commit. */
  readonly mergeCommits: readonly string[];
};

/** The format of GitHub's pull requests. */
export const githubMerges: MergedRequests = {
  path: (project, commit) => `/repos/${project}/commits/${commit}/pulls`,
  numberOf: (pull) =>
    isObject(pull) && typeof pull.merged_at === "string" ? numberIn(pull.number) : undefined,
  mergeCommits: ["merge_commit_sha"],
};

/** The format of GitLab's merge requests. */
export const gitlabMerges: MergedRequests = {
  path: (project, commit) =>
    `/projects/${encodeURIComponent(project)}/repository/commits/${commit}/merge_requests`,
  numberOf: (request) =>
    isObject(request) && request.state === "merged" ? numberIn(request.iid) : undefined,
  mergeCommits: ["merge_commit_sha", "squash_commit_sha"],
};

/**
 * The number of the request that a commit was merged with; undefined if there is none. If a commit is part of several,
 * the one whose merge created it.
 */
export async function mergedRequest(
  call: ForgeClient,
  { path, numberOf, mergeCommits }: MergedRequests,
  project: string,
  commit: string,
): Promise<ForgeResult<number | undefined>> {
  const outcome = await call("GET", path(project, commit));
  if (outcome.kind !== "done") return outcome;
  const { json } = outcome.value;
  if (!isList(json)) return { kind: "doubtful", reason: "the answer is not a list of requests" };
  const merged = json.flatMap((request) => {
    const number = numberOf(request);
    const made = mergeCommits.some((name) => isObject(request) && request[name] === commit);
    return number === undefined ? [] : [{ number, made }];
  });
  const found = merged.find(({ made }) => made) ?? merged[0];
  return { kind: "done", value: found?.number };
}

function numberIn(value: Json | undefined): number | undefined {
  return typeof value === "number" && Number.isSafeInteger(value) && value > 0 ? value : undefined;
}
