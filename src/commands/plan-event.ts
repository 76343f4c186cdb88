import type { Plan } from "../plan/plan.ts";
import type { Refusal } from "../plan/refusal.ts";

/** What planning comes to. */
export type PlanEvent =
  | { readonly kind: "planned"; readonly plan: Plan }
  /** What was changed outside, as far as a plan has found out. */
  | { readonly kind: "drift_found"; readonly plan: Plan }
  /** A plan was written to a file; `args` are the words behind the name of the program that apply it. */
  | { readonly kind: "plan_saved"; readonly path: string; readonly args: readonly string[] }
  /** What a run was asked for cannot be done: a secret is not set, or an agent cannot be imported. */
  | { readonly kind: "refused"; readonly refusals: readonly Refusal[] };
