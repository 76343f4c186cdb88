import { applyPlan } from "../apply/apply.ts";
import type { ApplyOptions, ApplyTools } from "../apply/run.ts";
import { changesSomething, overwritesDrift } from "../plan/consequences.ts";
import { brokenLimits, type Limits } from "../plan/limits.ts";
import type { Plan } from "../plan/plan.ts";
import type { Emit } from "./event.ts";
import { type PlanRequest, planProject } from "./make-plan.ts";

/** Asks a person about a plan. `unavailable`: nobody can be asked. */
export type Approve = (plan: Plan) => Promise<"yes" | "no" | "unavailable">;

export type ApplyRequest = PlanRequest & {
  readonly tools: Omit<ApplyTools, "emit" | "reader">;
  readonly apply: ApplyOptions;
  readonly limits: Limits;
  readonly approval: Approval;
};

/** Who says that a plan may be carried out: a person who reads it, or a flag given in advance. */
export type Approval =
  | { readonly kind: "ask"; readonly approve: Approve }
  | { readonly kind: "automatic"; readonly onDrift: "fail" | "overwrite" };

/**
 * `agentvane apply`: plans, judges the plan, has it approved and carries it out. Everything that can forbid
 * it is found before the first write. Rejects with an `ApiError` only while nothing was written.
 */
export async function runApply(request: ApplyRequest, emit: Emit): Promise<void> {
  const plan = await planProject(request);
  emit({ kind: "planned", plan });
  if (plan.refusals.length > 0 || !changesSomething(plan)) return;
  const refusals = brokenLimits(plan, request.limits);
  if (refusals.length > 0) return emit({ kind: "refused", refusals });
  if (!(await isApproved(plan, request, emit))) return;
  const { reader } = request;
  await applyPlan(plan, request.apply, { ...request.tools, reader, emit });
}

async function isApproved(plan: Plan, request: ApplyRequest, emit: Emit): Promise<boolean> {
  const { approval } = request;
  if (approval.kind === "automatic") {
    if (approval.onDrift === "overwrite" || !overwritesDrift(plan)) return true;
    const drifted = plan.agents.filter((agent) => agent.action === "update" && agent.drifted);
    emit({ kind: "drift_refused", keys: drifted.map(({ key }) => key) });
    return false;
  }
  switch (await approval.approve(plan)) {
    case "unavailable":
      emit({ kind: "approval_missing" });
      return false;
    case "no":
      emit({ kind: "declined" });
      return false;
    case "yes":
      return stillHolds(plan, request, emit);
  }
}

/** A person reads slowly: what they said yes to must still be what would be done. */
async function stillHolds(plan: Plan, request: ApplyRequest, emit: Emit): Promise<boolean> {
  const fresh = await planProject(request);
  if (fresh.refusals.length === 0 && fresh.digests.plan === plan.digests.plan) return true;
  emit({ kind: "plan_outdated" });
  return false;
}
