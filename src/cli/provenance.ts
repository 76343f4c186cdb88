import { provenanceText } from "../agent/provenance.ts";
import { variable } from "./open-config.ts";
import { version } from "./version.ts";

/** Who and what makes a version: this tool, the commit, the CI run, the actor. */
export function provenance(head: string | undefined): string {
  const { GITHUB_SERVER_URL, GITHUB_REPOSITORY, GITHUB_RUN_ID } = process.env;
  const githubRun =
    GITHUB_RUN_ID && `${GITHUB_SERVER_URL}/${GITHUB_REPOSITORY}/actions/runs/${GITHUB_RUN_ID}`;
  return provenanceText({
    tool: `agentvane ${version}`,
    commit: head ?? variable("GITHUB_SHA") ?? variable("CI_COMMIT_SHA"),
    run: githubRun || variable("CI_JOB_URL"),
    actor: variable("GITHUB_ACTOR") ?? variable("GITLAB_USER_LOGIN") ?? variable("USER"),
  });
}
