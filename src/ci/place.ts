import { isObject, type Json } from "../agent/json.ts";
import type { Variables } from "./task.ts";

/** Where a job runs. */
export type Place = {
  readonly forge: "github" | "gitlab" | "none";
  /** Where the job's log is on the web. */
  readonly log: string | undefined;
  /** The commit that is checked out, or the head of the pull request. */
  readonly commit: string | undefined;
  /** Where a comment may go; undefined when the job is about no pull or merge request, or has no token. */
  readonly discussion: Discussion | undefined;
};

/** A pull or merge request that may be commented on. */
export type Discussion = {
  readonly api: string;
  readonly token: string;
  /** owner/name on GitHub, an id or a path on GitLab. */
  readonly project: string;
  readonly number: number;
};

/** What the variables of a job say about it; `event` is what GitHub tells about the trigger. */
export function placeOf(variables: Variables, event: Json | undefined): Place {
  if (variables.GITHUB_ACTIONS === "true") return github(variables, event);
  if (variables.GITLAB_CI === "true") return gitlab(variables);
  return { forge: "none", log: undefined, commit: undefined, discussion: undefined };
}

function github(variables: Variables, event: Json | undefined): Place {
  const { GITHUB_REPOSITORY = "", GITHUB_RUN_ID = "" } = variables;
  const project = /^[\w.-]+\/[\w.-]+$/.test(GITHUB_REPOSITORY) ? GITHUB_REPOSITORY : undefined;
  const server = webAddress(variables.GITHUB_SERVER_URL);
  const hasLog = server !== undefined && project !== undefined && /^\d+$/.test(GITHUB_RUN_ID);
  const pull = member(event, "pull_request");
  const issue = member(event, "issue");
  // A comment on a pull request tells of an issue.
  const number = member(isObject(member(issue, "pull_request")) ? issue : pull, "number");
  return {
    forge: "github",
    log: hasLog ? `${server}/${project}/actions/runs/${GITHUB_RUN_ID}` : undefined,
    commit: commitOf(member(member(pull, "head"), "sha") ?? variables.GITHUB_SHA),
    discussion: discussionOf(
      variables.GITHUB_API_URL,
      variables.AGENTVANE_CI_TOKEN,
      project,
      number,
    ),
  };
}

function gitlab(variables: Variables): Place {
  const { CI_API_V4_URL, CI_PROJECT_ID, CI_MERGE_REQUEST_IID, AGENTVANE_CI_TOKEN } = variables;
  const number = Number(CI_MERGE_REQUEST_IID);
  return {
    forge: "gitlab",
    log: webAddress(variables.CI_JOB_URL),
    commit: commitOf(variables.CI_COMMIT_SHA),
    discussion: discussionOf(CI_API_V4_URL, AGENTVANE_CI_TOKEN, CI_PROJECT_ID, number),
  };
}

function discussionOf(
  address: string | undefined,
  token: string | undefined,
  project: string | undefined,
  number: Json | undefined,
): Discussion | undefined {
  const api = webAddress(address);
  if (api === undefined || !token || !project) return undefined;
  if (typeof number !== "number" || !Number.isSafeInteger(number) || number < 1) return undefined;
  return { api, token, project, number };
}

/** An address that may stand in a link and be called; plain http only on this machine. */
function webAddress(text: string | undefined): string | undefined {
  if (text === undefined || !URL.canParse(text)) return undefined;
  const { protocol, hostname, username, href } = new URL(text);
  const isLocal = ["127.0.0.1", "localhost", "[::1]"].includes(hostname);
  if (protocol !== "https:" && !(protocol === "http:" && isLocal)) return undefined;
  if (username !== "" || /[^\w.~:/?#@!$&*+,;=%-]/.test(href)) return undefined;
  return href.replace(/\/$/, "");
}

function commitOf(value: Json | undefined): string | undefined {
  return typeof value === "string" && /^[0-9a-f]{40,64}$/.test(value) ? value : undefined;
}

function member(json: Json | undefined, name: string): Json | undefined {
  return isObject(json) ? json[name] : undefined;
}
