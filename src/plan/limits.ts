import type { AgentPlan } from "./agent-plan.ts";
import type { Plan } from "./plan.ts";
import type { Refusal } from "./refusal.ts";

/** How much one apply may change: a number of agents, or a share of those that exist. */
export type UpdateLimit =
  | { readonly kind: "count"; readonly count: number }
  | { readonly kind: "percent"; readonly percent: number };

export type Limits = {
  readonly maxDeletes: number;
  readonly maxUpdates: UpdateLimit | undefined;
  readonly allowEmpty: boolean;
};

/** Which limits a plan breaks. Judged before the first write, whoever approved the plan. */
export function brokenLimits(plan: Plan, limits: Limits): readonly Refusal[] {
  const refusals: Refusal[] = [];
  const deletions = count(plan, "delete");
  const updates = count(plan, "update", "move", "reuse");
  const existing = updates + count(plan, "noop", "adopt");
  const isEmpty = existing === 0 && count(plan, "create") === 0;
  if (isEmpty && deletions > 0 && !limits.allowEmpty) {
    refusals.push({ kind: "empty_configuration", deletions });
  }
  if (deletions > limits.maxDeletes) {
    refusals.push({ kind: "too_many_deletions", count: deletions, limit: limits.maxDeletes });
  }
  const most = limits.maxUpdates;
  if (most !== undefined && updates > allowed(most, existing)) {
    const limit = most.kind === "count" ? String(most.count) : `${most.percent} %`;
    refusals.push({ kind: "too_many_updates", count: updates, limit });
  }
  return refusals;
}

function count(plan: Plan, ...actions: readonly AgentPlan["action"][]): number {
  return plan.agents.filter(({ action }) => actions.includes(action)).length;
}

function allowed(limit: UpdateLimit, existing: number): number {
  return limit.kind === "count" ? limit.count : Math.floor((existing * limit.percent) / 100);
}
