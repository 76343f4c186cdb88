import { pathText } from "../../agent/property-path.ts";
import type { ApplyEvent, StepFailure } from "../../apply/event.ts";
import { counted, listed, truncated } from "../safe/truncate.ts";
import { apiFailureText } from "./api-failure.ts";
import { pointerText, versionText } from "./pointer-move.ts";

/** Why a step of an apply failed. */
export function stepFailureText(failure: StepFailure): string {
  switch (failure.kind) {
    case "api":
      return apiFailureText(failure.failure);
    case "not_taken":
      return `the server made version ${failure.version} but did not accept ${listed(failure.paths.map(pathText))}`;
    case "interleaved":
      return failure.ours === undefined
        ? `somebody else wrote version ${failure.theirs} meanwhile`
        : `somebody else wrote version ${failure.theirs} meanwhile; ours is version ${failure.ours}`;
    case "created_twice":
      return `another run created ${failure.id} for the same key at the same time, and was first; apply again to use that one`;
    case "metadata_refused": {
      const { labels, tags, longest } = failure;
      return `${apiFailureText(failure.failure)}; agentvane sent ${counted(labels, "label")} and ${counted(tags, "tag")} of its own, the longest with ${counted(longest, "character")}: use fewer or shorter labels; \`agentvane doctor --probe\` finds the server's limits`;
    }
    case "edited_in_place":
      return `the server changed version ${failure.version} in place instead of making a new version, so nothing is released; check with \`agentvane doctor --probe\``;
    case "out_of_time":
      return "no time was left for reverting";
    case "pointer_moved":
      return `expected ${versionText(failure.expected)}, found ${versionText(failure.found)}: somebody else moved it`;
    case "changed_meanwhile":
      return `it was at version ${failure.expected} and is now at ${failure.found}: somebody else changed it`;
  }
}

/** Why an existing version cannot be released. An outside edit and a property that the server ignored look the same. */
export function verifyFailureText(failure: StepFailure): string {
  const text = stepFailureText(failure);
  return failure.kind === "not_taken"
    ? `${text}, or somebody edited it in place; \`apply --auto-approve --on-drift=overwrite\` writes it once more`
    : text;
}

/** Why a pointer was not reverted: another writer has moved it since. */
export function takenText({
  key,
  pointer,
  expected,
  found,
}: Extract<ApplyEvent, { kind: "pointer_taken" }>): string {
  const name = `${key} ${pointerText(pointer)}`;
  return `${name} was not reverted: somebody else moved it from ${versionText(expected)} to ${versionText(found)} meanwhile`;
}

/** Why a gate stops a release. */
export function gateFailureText({
  key,
  version,
  command,
  end,
}: Extract<ApplyEvent, { kind: "gate_failed" }>): string {
  const gate = `the gate \`${truncated(command, 200)}\` of ${key} version ${version}`;
  switch (end.kind) {
    case "failed":
      return `${gate} ended with exit code ${end.status}`;
    case "broken":
      return `${gate} broke off: ${end.reason}`;
    case "timed_out":
      return `${gate} took longer than ${end.ms / 1000} s`;
    case "stopped":
      return `${gate} was stopped with the run`;
  }
}
