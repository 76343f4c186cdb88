import { type CommitRecord, provenanceText } from "../../agent/provenance.ts";
import type { Checkout } from "../../commands/checkout.ts";
import type { Mask } from "../../mask/mask.ts";
import { variable } from "../variable.ts";
import { version } from "../version.ts";
import { buildJob } from "./build-service.ts";

/** The origin of a version: agentvane's version, the commit, the CI run, the actor. */
export function provenance(checkout: Checkout, mask: Mask): string {
  const job = buildJob(variable);
  // Masked before the message is cut, because everybody who reads the agent can read it.
  const masked = (text: string | undefined) => text && mask.own(text);
  return provenanceText({
    tool: `agentvane ${version}`,
    commit: commitOf(checkout),
    run: masked(job?.run),
    actor: masked(job === undefined ? variable("USER") : job.actor),
  });
}

/** Without a checkout, CI may still know the commit. */
function commitOf(checkout: Checkout): CommitRecord | undefined {
  if (checkout.kind === "commit") {
    const { head, committedMs, uncommitted } = checkout;
    const committedAt = new Date(committedMs).toISOString().replace(/\.\d+Z$/, "Z");
    return { commit: head, committedAt, isDirty: uncommitted.length > 0 };
  }
  const commit = buildJob(variable)?.commit;
  return commit === undefined ? undefined : { commit, committedAt: undefined, isDirty: false };
}
