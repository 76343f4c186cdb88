import type { Clock } from "../agent/ports.ts";
import type { Comments, ForgeResult } from "./comments.ts";
import { createCall, type ForgeClient, type Send } from "./forge-call.ts";
import { githubComments, githubHeaders } from "./github-comments.ts";
import { gitlabHeaders, gitlabNotes } from "./gitlab-notes.ts";
import type { Access, JobContext } from "./job-context.ts";
import {
  githubMerges,
  gitlabMerges,
  type MergedRequests,
  mergedRequest,
} from "./merged-request.ts";

type ForgeRules = {
  readonly headers: (token: string) => Readonly<Record<string, string>>;
  readonly merges: MergedRequests;
  readonly comments: (call: ForgeClient, project: string, number: number) => Comments;
};

const forges: { readonly [Name in Exclude<JobContext["forge"], "none">]: ForgeRules } = {
  github: { headers: githubHeaders, merges: githubMerges, comments: githubComments },
  gitlab: { headers: gitlabHeaders, merges: gitlabMerges, comments: gitlabNotes },
};

/**
 * The comments of the job's pull request or, after a merge, of the one that the commit belongs to. Undefined if there
 * is nothing to comment on.
 */
export async function commentsAt(
  { forge, access, request, reason, commit }: JobContext,
  followsMerge: boolean,
  send: Send,
  clock: Clock,
): Promise<ForgeResult<Comments | undefined>> {
  const nothing = { kind: "done", value: undefined } as const;
  if (forge === "none" || access === undefined) return nothing;
  const { headers, merges, comments } = forges[forge];
  const { project } = access;
  const call = callTo(access, headers, send, clock);
  if (request !== undefined)
    return { kind: "done", value: comments(call, project, request.number) };
  const isMerge = followsMerge && (reason === "push" || reason === "hand");
  if (!isMerge || commit === undefined) return nothing;
  const merged = await mergedRequest(call, merges, project, commit);
  if (merged.kind !== "done" || merged.value === undefined) {
    return merged.kind === "done" ? nothing : merged;
  }
  return { kind: "done", value: comments(call, project, merged.value) };
}

function callTo(
  { api, token }: Access,
  headers: ForgeRules["headers"],
  send: Send,
  clock: Clock,
): ForgeClient {
  return createCall({ api, headers: headers(token) }, send, clock);
}
