import { execFileSync } from "node:child_process";
import { variable } from "./open-config.ts";
import { version } from "./version.ts";

/** Longest `version_message` the API takes (Mistral API reference). */
const longest = 500;

/** Who and what makes a version, for people who read its history: tool, commit, CI run, actor. */
export function provenance(folder: string): string {
  const { GITHUB_SERVER_URL, GITHUB_REPOSITORY, GITHUB_RUN_ID } = process.env;
  const commit = variable("GITHUB_SHA") ?? variable("CI_COMMIT_SHA") ?? headOf(folder);
  const githubRun =
    GITHUB_RUN_ID && `${GITHUB_SERVER_URL}/${GITHUB_REPOSITORY}/actions/runs/${GITHUB_RUN_ID}`;
  const run = githubRun || variable("CI_JOB_URL");
  const actor = variable("GITHUB_ACTOR") ?? variable("GITLAB_USER_LOGIN") ?? variable("USER");
  return [
    `agentvane ${version}`,
    commit && `commit ${commit}`,
    run && `run ${run}`,
    actor && `by ${actor}`,
  ]
    .filter((part) => part)
    .join(", ")
    .slice(0, longest);
}

function headOf(folder: string): string | undefined {
  try {
    return execFileSync("git", ["rev-parse", "HEAD"], {
      cwd: folder,
      stdio: ["ignore", "pipe", "ignore"],
      encoding: "utf8",
    }).trim();
  } catch {
    return undefined;
  }
}
