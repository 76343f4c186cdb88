import type { Plan } from "../plan/plan.ts";
import type { Refusal } from "../plan/refusal.ts";

/** The events of planning. */
export type PlanEvent =
  | { readonly kind: "planned"; readonly plan: Plan }
  /** Outside changes that a plan has found. */
  | { readonly kind: "drift_found"; readonly plan: Plan }
  /** A plan was written to a file; `args` are the arguments of agentvane that apply it. */
  | { readonly kind: "plan_saved"; readonly path: string; readonly args: readonly string[] }
  /** The requested run is not possible: a secret is not set, or an agent cannot be imported. */
  | { readonly kind: "refused"; readonly refusals: readonly Refusal[] };
