import type { Clock } from "../agent/ports.ts";
import type { Comments } from "./comments.ts";
import { createCall, type Send } from "./forge-call.ts";
import { githubComments, githubHeaders } from "./github-comments.ts";
import { gitlabHeaders, gitlabNotes } from "./gitlab-notes.ts";
import type { Place } from "./place.ts";

/** The comments of what a job is about; undefined when there is nothing to comment on. */
export function commentsAt(
  { forge, discussion }: Place,
  send: Send,
  clock: Clock,
): Comments | undefined {
  if (discussion === undefined) return undefined;
  const { api, token, project, number } = discussion;
  switch (forge) {
    case "github": {
      const call = createCall({ api, headers: githubHeaders(token) }, send, clock);
      return githubComments(call, project, number);
    }
    case "gitlab": {
      const call = createCall({ api, headers: gitlabHeaders(token) }, send, clock);
      return gitlabNotes(call, project, number);
    }
    case "none":
      return undefined;
  }
}
