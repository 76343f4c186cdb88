import { type CommitRecord, provenanceText } from "../../agent/provenance.ts";
import type { Checkout } from "../../commands/checkout.ts";
import type { Mask } from "../../mask/mask.ts";
import { variable } from "../variable.ts";
import { version } from "../version.ts";

/** Who and what makes a version: this tool, the commit, the CI run, the actor. */
export function provenance(checkout: Checkout, mask: Mask): string {
  const { GITHUB_SERVER_URL, GITHUB_REPOSITORY, GITHUB_RUN_ID } = process.env;
  const githubRun =
    GITHUB_RUN_ID && `${GITHUB_SERVER_URL}/${GITHUB_REPOSITORY}/actions/runs/${GITHUB_RUN_ID}`;
  // Before the message is cut: it is stored where everybody who reads the agent can read it.
  const masked = (text: string | undefined) => text && mask.own(text);
  return provenanceText({
    tool: `agentvane ${version}`,
    commit: commitOf(checkout),
    run: masked(githubRun || variable("CI_JOB_URL")),
    actor: masked(variable("GITHUB_ACTOR") ?? variable("GITLAB_USER_LOGIN") ?? variable("USER")),
  });
}

/** Where there is no checkout, CI may still know which commit it works on. */
function commitOf(checkout: Checkout): CommitRecord | undefined {
  if (checkout.kind === "commit") {
    const { head, committedMs, uncommitted } = checkout;
    const committedAt = new Date(committedMs).toISOString().replace(/\.\d+Z$/, "Z");
    return { commit: head, committedAt, isDirty: uncommitted.length > 0 };
  }
  const commit = variable("GITHUB_SHA") ?? variable("CI_COMMIT_SHA");
  return commit === undefined ? undefined : { commit, committedAt: undefined, isDirty: false };
}
