import { isList, isObject, type Json } from "../agent/json.ts";
import type { ForgeResult } from "./comments.ts";
import type { ForgeClient } from "./forge-call.ts";

/** How a forge tells which requests brought a commit. */
export type MergedRequests = {
  readonly path: (project: string, commit: string) => string;
  /** The number of a request that was merged; undefined for any other one. */
  readonly numberOf: (request: Json) => number | undefined;
  /** Members of a request that may be the commit of its merge. */
  readonly mergeCommits: readonly string[];
};

/** How GitHub tells of pull requests. */
export const githubMerges: MergedRequests = {
  path: (project, commit) => `/repos/${project}/commits/${commit}/pulls`,
  numberOf: (pull) =>
    isObject(pull) && typeof pull.merged_at === "string" ? numberIn(pull.number) : undefined,
  mergeCommits: ["merge_commit_sha"],
};

/** How GitLab tells of merge requests. */
export const gitlabMerges: MergedRequests = {
  path: (project, commit) =>
    `/projects/${encodeURIComponent(project)}/repository/commits/${commit}/merge_requests`,
  numberOf: (request) =>
    isObject(request) && request.state === "merged" ? numberIn(request.iid) : undefined,
  mergeCommits: ["merge_commit_sha", "squash_commit_sha"],
};

/**
 * The number of the request that a commit came with; undefined when it came without one. A commit may be part of
 * several: then it is the one whose merge made it.
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
  if (!isList(json)) return { kind: "doubtful", reason: "the list of requests is none" };
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
