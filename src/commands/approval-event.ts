import type { AgentKey } from "../agent/identity.ts";
import type { CheckoutTrouble } from "../plan/checkout-note.ts";
import type { Outdated, Recorded } from "../plan/commit-judgement.ts";
import type { PlanDifference } from "../plan/plan-difference.ts";
import type { PlanFault } from "./plan-fault.ts";

/** What happens between a plan and the first write. */
export type ApprovalEvent =
  /** Nobody is there to approve anything, and no flag does. */
  | { readonly kind: "approval_missing" }
  /** Nobody is there to approve that edits made outside are overwritten. */
  | { readonly kind: "drift_refused"; readonly keys: readonly AgentKey[] }
  | { readonly kind: "declined" }
  /** What a plan was made for changed while a person was reading it, or since it was saved. */
  | { readonly kind: "plan_stale"; readonly differences: readonly PlanDifference[] }
  /** A file is no plan that can be carried out. */
  | { readonly kind: "plan_unusable"; readonly path: string; readonly fault: PlanFault }
  /** A saved plan leaves nothing to do, although the configuration wants more by now. */
  | { readonly kind: "saved_plan_done"; readonly why: "no_operations" | "already_applied" }
  /** What is checked out is older than what was applied. */
  | { readonly kind: "commit_outdated"; readonly outdated: readonly Outdated[] }
  /** Whether it is cannot be told: not all of the history is here. */
  | { readonly kind: "commit_unknown"; readonly agents: readonly Recorded[] }
  /** A repository is there, and nobody can tell which commit is checked out. */
  | { readonly kind: "checkout_unusable"; readonly trouble: CheckoutTrouble };
