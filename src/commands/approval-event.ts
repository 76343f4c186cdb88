import type { AgentKey } from "../agent/identity.ts";
import type { CheckoutProblem } from "../plan/checkout-note.ts";
import type { Outdated, Recorded } from "../plan/commit-judgement.ts";
import type { PlanDifference } from "../plan/plan-difference.ts";
import type { PlanFault } from "./plan-fault.ts";

/** Events between a plan and the first write. */
export type ApprovalEvent =
  /** The plan needs an approval: there is neither a user nor a flag. */
  | { readonly kind: "approval_missing" }
  /** Overwriting outside edits needs an approval. */
  | { readonly kind: "drift_refused"; readonly keys: readonly AgentKey[] }
  | { readonly kind: "declined" }
  /** The basis of a plan changed during the question, or since it was saved. */
  | { readonly kind: "plan_stale"; readonly differences: readonly PlanDifference[] }
  /** A file is not a valid plan. */
  | { readonly kind: "plan_unusable"; readonly path: string; readonly fault: PlanFault }
  /** A saved plan leaves nothing to do, although the configuration has further changes by now. */
  | { readonly kind: "saved_plan_done"; readonly why: "no_operations" | "already_applied" }
  /** The commit that is checked out is older than the applied one. */
  | { readonly kind: "commit_outdated"; readonly outdated: readonly Outdated[] }
  /** Unknown whether it is older: a part of the history is missing. */
  | { readonly kind: "commit_unknown"; readonly agents: readonly Recorded[] }
  /** There is a repository, but the current commit cannot be determined. */
  | { readonly kind: "checkout_unusable"; readonly problem: CheckoutProblem };
