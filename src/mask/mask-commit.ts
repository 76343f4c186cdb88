import type { CheckoutNote, CheckoutProblem } from "../plan/checkout-note.ts";
import type { Outdated, Recorded } from "../plan/commit-judgement.ts";
import { cases, each, members, own, type Rule, text } from "./rule.ts";

const commit = { commit: own };

/** Why a commit is older than the one on the server. */
export const maskOutdated: Rule<Outdated> = cases<Outdated, "kind">("kind", {
  newer: commit,
  reverted: commit,
  diverged: commit,
  unrelated: commit,
  not_contained: commit,
  older_create: commit,
});

/** An agent and the commit that its version was made from. */
export const maskRecorded: Rule<Recorded> = members<Recorded>(commit);

/** Why the current commit cannot be determined. */
export const maskCheckoutProblem: Rule<CheckoutProblem> = members<CheckoutProblem>({
  folder: own,
  detail: text,
});

/** A note about the checkout of a plan. */
export const maskCheckoutNote: Rule<CheckoutNote> = cases<CheckoutNote, "kind">("kind", {
  outdated: { outdated: maskOutdated },
  history_missing: commit,
  taken_back: commit,
  uncommitted: { files: each(own) },
  unusable: { problem: maskCheckoutProblem },
});
