import type { AgentPlan } from "./agent-plan.ts";
import type { Identification } from "./identify.ts";
import type { Refusal } from "./refusal.ts";

/** How much one apply may change: a number of agents, or a share of those that exist. */
export type UpdateLimit =
  | { readonly kind: "count"; readonly count: number }
  | { readonly kind: "percent"; readonly percent: number };

export type Limits = {
  /** Undefined: as many as there are. */
  readonly maxDeletes: number | undefined;
  readonly maxUpdates: UpdateLimit | undefined;
  readonly allowEmpty: boolean;
  /** How many agents an environment may have, where a plan adds some; undefined: as many as there are. */
  readonly maxAgents: number | undefined;
};

/** For plans that are approved in another way, such as by typing the project's name, or that carry nothing out. */
export const unlimited: Limits = {
  maxDeletes: undefined,
  maxUpdates: undefined,
  allowEmpty: true,
  maxAgents: undefined,
};

/** The limits that the plans of a project's agents break. Part of the plan: whoever reads it sees them. */
export function brokenLimits(plans: readonly AgentPlan[], limits: Limits): readonly Refusal[] {
  const refusals: Refusal[] = [];
  const deletions = count(plans, "delete");
  const updates = count(plans, "update", "rename", "reuse");
  const existing = updates + count(plans, "noop", "adopt");
  const isEmpty = existing === 0 && count(plans, "create") === 0;
  if (isEmpty && deletions > 0 && !limits.allowEmpty) {
    refusals.push({ kind: "empty_configuration", deletions });
  }
  const { maxDeletes } = limits;
  if (maxDeletes !== undefined && deletions > maxDeletes) {
    refusals.push({ kind: "too_many_deletions", count: deletions, limit: maxDeletes });
  }
  const most = limits.maxUpdates;
  if (most !== undefined && updates > allowed(most, existing)) {
    const limit = most.kind === "count" ? String(most.count) : `${most.percent} %`;
    refusals.push({ kind: "too_many_updates", count: updates, limit });
  }
  return refusals;
}

/** A plan that adds agents to more than an environment may have. Those that `--only` leaves out count as well. */
export function tooManyAgents(
  plans: readonly AgentPlan[],
  { remoteOf, orphans }: Identification,
  { maxAgents }: Limits,
): readonly Refusal[] {
  const creates = count(plans, "create");
  if (maxAgents === undefined || creates === 0) return [];
  const agents = creates + remoteOf.size + orphans.length - count(plans, "delete");
  return agents > maxAgents ? [{ kind: "too_many_agents", count: agents, limit: maxAgents }] : [];
}

function count(plans: readonly AgentPlan[], ...actions: readonly AgentPlan["action"][]): number {
  return plans.filter(({ action }) => actions.includes(action)).length;
}

function allowed(limit: UpdateLimit, existing: number): number {
  return limit.kind === "count" ? limit.count : Math.floor((existing * limit.percent) / 100);
}
