import { hasConflict, overwrites } from "../../plan/agent-drift.ts";
import type { AgentPlan } from "../../plan/agent-plan.ts";
import type { Plan } from "../../plan/plan.ts";

/** The counts of a plan, with their names in the JSON documents. */
export type PlanSummary = {
  readonly create: number;
  readonly update: number;
  readonly reuse: number;
  readonly adopt: number;
  readonly rename: number;
  readonly forget: number;
  readonly delete: number;
  readonly noop: number;
  readonly orphan: number;
  readonly alias_set: number;
  readonly alias_remove: number;
  readonly versions_to_create: number;
  /** Agents that need an approval, because outside changes would be overwritten. */
  readonly drift: number;
  /** Agents with a property that was changed differently outside and in the file. */
  readonly conflict: number;
};

/** The summary without a plan. */
export const nothingPlanned: PlanSummary = {
  create: 0,
  update: 0,
  reuse: 0,
  adopt: 0,
  rename: 0,
  forget: 0,
  delete: 0,
  noop: 0,
  orphan: 0,
  alias_set: 0,
  alias_remove: 0,
  versions_to_create: 0,
  drift: 0,
  conflict: 0,
};

/** Counts a plan. */
export function summaryOf(plan: Plan): PlanSummary {
  const actions = (action: AgentPlan["action"]) =>
    plan.agents.filter((agent) => agent.action === action).length;
  const moves = plan.releaseWaves.flat().filter(({ pointer }) => pointer !== "@default");
  const removals = moves.filter(({ to }) => to.kind === "removed").length;
  const secondWrites = plan.agents.filter(
    (agent) => agent.action === "create" && agent.completedLater,
  ).length;
  return {
    create: actions("create"),
    update: actions("update"),
    reuse: actions("reuse"),
    rename: actions("rename"),
    forget: actions("forget"),
    adopt: actions("adopt"),
    delete: actions("delete"),
    noop: actions("noop"),
    orphan: actions("orphan"),
    alias_set: moves.length - removals,
    alias_remove: removals,
    versions_to_create:
      actions("create") + actions("update") + actions("rename") + actions("forget") + secondWrites,
    drift: plan.agents.filter(overwrites).length,
    conflict: plan.agents.filter(hasConflict).length,
  };
}
