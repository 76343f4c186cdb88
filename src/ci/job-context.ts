import { isObject, type Json } from "../agent/json.ts";
import type { EnvironmentVariables } from "./variables.ts";

/** Where and why a job runs. */
export type JobContext = {
  readonly forge: "github" | "gitlab" | "none";
  /** The URL of the job's log. */
  readonly log: string | undefined;
  /** The commit that is checked out, or the head of the pull request. */
  readonly commit: string | undefined;
  /** The pull or merge request of the job. */
  readonly request: PullRequest | undefined;
  /** Why the job runs, if that matters. */
  readonly reason: "push" | "schedule" | "hand" | "other";
  /** Why the forge gives such a job no secrets of the project; undefined if it does. */
  readonly withheld: "fork" | "dependabot" | undefined;
  /** How to call the forge; undefined without a token. */
  readonly access: Access | undefined;
};

/** A pull request of GitHub, or a merge request of GitLab. */
export type PullRequest = { readonly number: number; readonly isClosed: boolean };

/** The API of a forge, and the project there. */
export type Access = {
  readonly api: string;
  readonly token: string;
  /** owner/name on GitHub, an id or a path on GitLab. */
  readonly project: string;
};

/** Reads the context from the variables of a job; `event` is GitHub's description of the trigger. */
export function jobContextOf(variables: EnvironmentVariables, event: Json | undefined): JobContext {
  if (variables.GITHUB_ACTIONS === "true") return github(variables, event);
  if (variables.GITLAB_CI === "true") return gitlab(variables);
  return {
    forge: "none",
    log: undefined,
    commit: undefined,
    request: undefined,
    reason: "other",
    withheld: undefined,
    access: undefined,
  };
}

function github(variables: EnvironmentVariables, event: Json | undefined): JobContext {
  const { GITHUB_REPOSITORY = "", GITHUB_RUN_ID = "" } = variables;
  const project = /^[\w.-]+\/[\w.-]+$/.test(GITHUB_REPOSITORY) ? GITHUB_REPOSITORY : undefined;
  const server = webAddress(variables.GITHUB_SERVER_URL);
  const hasLog = server !== undefined && project !== undefined && /^\d+$/.test(GITHUB_RUN_ID);
  const pull = member(event, "pull_request");
  const issue = member(event, "issue");
  // The event of a comment on a pull request contains an issue.
  const number = member(isObject(member(issue, "pull_request")) ? issue : pull, "number");
  return {
    forge: "github",
    log: hasLog ? `${server}/${project}/actions/runs/${GITHUB_RUN_ID}` : undefined,
    commit: commitOf(member(member(pull, "head"), "sha") ?? variables.GITHUB_SHA),
    request: requestOf(number, member(event, "action") === "closed"),
    reason: githubReasons[variables.GITHUB_EVENT_NAME ?? ""] ?? "other",
    withheld: isObject(pull) ? withheldFrom(pull, variables) : undefined,
    access: accessTo(variables.GITHUB_API_URL, variables.AGENTVANE_CI_TOKEN, project),
  };
}

const githubReasons: { readonly [event: string]: JobContext["reason"] } = {
  push: "push",
  schedule: "schedule",
  workflow_dispatch: "hand",
};

const dependabot = "dependabot[bot]";

/** GitHub's rules: no secrets for a fork, and only Dependabot's own for a pull request of Dependabot. */
function withheldFrom(pull: Json, { GITHUB_ACTOR, GITHUB_REPOSITORY }: EnvironmentVariables) {
  const author = member(member(pull, "user"), "login");
  if (GITHUB_ACTOR === dependabot || author === dependabot) return "dependabot";
  const repository = member(member(pull, "head"), "repo");
  // Null for a fork that was deleted since.
  const isFork = repository !== undefined && member(repository, "full_name") !== GITHUB_REPOSITORY;
  return isFork ? "fork" : undefined;
}

function gitlab(variables: EnvironmentVariables): JobContext {
  const { CI_API_V4_URL, CI_PROJECT_ID, CI_MERGE_REQUEST_IID, AGENTVANE_CI_TOKEN } = variables;
  const { CI_MERGE_REQUEST_SOURCE_PROJECT_ID: source, CI_MERGE_REQUEST_PROJECT_ID: target } =
    variables;
  return {
    forge: "gitlab",
    log: webAddress(variables.CI_JOB_URL),
    commit: commitOf(variables.CI_COMMIT_SHA),
    request: requestOf(Number(CI_MERGE_REQUEST_IID), variables.CI_ENVIRONMENT_ACTION === "stop"),
    reason: gitlabReasons[variables.CI_PIPELINE_SOURCE ?? ""] ?? "other",
    withheld: source !== target ? "fork" : undefined,
    access: accessTo(CI_API_V4_URL, AGENTVANE_CI_TOKEN, CI_PROJECT_ID),
  };
}

const gitlabReasons: { readonly [source: string]: JobContext["reason"] } = {
  push: "push",
  schedule: "schedule",
  web: "hand",
};

function requestOf(number: Json | undefined, isClosed: boolean): PullRequest | undefined {
  if (typeof number !== "number" || !Number.isSafeInteger(number) || number < 1) return undefined;
  return { number, isClosed };
}

function accessTo(
  address: string | undefined,
  token: string | undefined,
  project: string | undefined,
): Access | undefined {
  const api = webAddress(address);
  return api === undefined || !token || !project ? undefined : { api, token, project };
}

/** A URL that may be linked and called; plain http only on this machine. */
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
