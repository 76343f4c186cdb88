import { type ApplyEnd, applyPlan } from "../apply/apply.ts";
import type { ApplyOptions, ApplyTools } from "../apply/run.ts";
import { overwrittenAgents } from "../plan/agent-drift.ts";
import { appliedAlready } from "../plan/already-applied.ts";
import { type ApprovedPlan, approvedPlan } from "../plan/approved-plan.ts";
import { hasChanges } from "../plan/has-changes.ts";
import type { Plan } from "../plan/plan.ts";
import { type PlanDifference, planDifferences, scopeDifferences } from "../plan/plan-difference.ts";
import type { Refusal } from "../plan/refusal.ts";
import { concerns } from "../plan/refusal-table.ts";
import { unsetSecretRefusals } from "../plan/unset-secrets.ts";
import { type CommitRules, type JudgedPlan, judgePlan } from "./checkout.ts";
import type { Emit } from "./event.ts";
import { type PlanRequest, planProject } from "./make-plan.ts";

/** Asks a user to approve a plan. `unavailable`: no user can be asked. */
export type Approve = (plan: Plan) => Promise<"yes" | "no" | "unavailable">;

/** What carries out a plan after its approval. */
export type ApplyContext = {
  readonly tools: Omit<ApplyTools, "emit" | "reader">;
  readonly apply: ApplyOptions;
};

export type ApplyRequest = PlanRequest &
  ApplyContext & {
    readonly approval: Approval;
    readonly commits: CommitRules;
    /** Whether an older commit may be applied, whoever made the plan. */
    readonly allowRewind: boolean;
  };

/** How a plan is approved: by a user, by a flag, or because it was saved. */
export type Approval =
  | { readonly kind: "ask"; readonly approve: Approve }
  | { readonly kind: "automatic"; readonly onDrift: "fail" | "overwrite" }
  | {
      readonly kind: "saved";
      readonly saved: ApprovedPlan;
      /** "fail" for a saved plan that nobody reviewed. */
      readonly onDrift: "fail" | "overwrite";
    };

/**
 * `agentvane apply`: makes a plan, judges it, has it approved and carries it out. Everything that can refuse it is
 * found before the first write. If another run has created the same agents first, it plans again with those. Rejects
 * with an `ApiError` if something cannot be read.
 */
export async function runApply(request: ApplyRequest, emit: Emit): Promise<void> {
  const plan = await planNow(request, emit);
  if (plan === undefined) return;
  const mayBeSuperseded = request.approval.kind === "automatic";
  const end = await carryOut(plan, request, mayBeSuperseded, emit);
  if (end !== "superseded") return;
  await waitForOthers(request);
  const fresh = await planNow(request, emit);
  if (fresh === undefined) return;
  if (fresh.refusals.length === 0) await carryOut(fresh, request, false, emit);
  else tellOutdated(refusalDifferences(fresh.refusals), emit);
}

/** Judges a plan, has it approved and carries it out; undefined if it was not carried out. */
async function carryOut(
  planned: Plan,
  request: ApplyRequest,
  mayBeSuperseded: boolean,
  emit: Emit,
): Promise<ApplyEnd | undefined> {
  const judged = await judgePlan(planned, request.reader, request.commits);
  const { plan } = judged;
  emit({ kind: "planned", plan });
  if (plan.refusals.length > 0 || !hasChanges(plan)) return undefined;
  const refusals = unsetSecretRefusals(plan.agents);
  if (refusals.length > 0) {
    emit({ kind: "refused", refusals });
    return undefined;
  }
  if (isOutdated(judged, request, emit)) return undefined;
  if (!(await isApproved(plan, request, emit))) return undefined;
  const { reader, apply, tools } = request;
  return applyPlan(plan, { ...apply, mayBeSuperseded }, { ...tools, reader, emit });
}

/**
 * Waits as long as a lost create is looked for. If the run that came first is still active, it may finish in that time;
 * it cannot be distinguished from one that was killed.
 */
async function waitForOthers({ tools, apply }: ApplyRequest): Promise<void> {
  const { clock } = tools;
  const end = clock.now() + apply.settleMs;
  while (clock.now() < end && apply.stopped() === undefined) {
    await clock.sleep(Math.min(end - clock.now(), 250));
  }
}

/** The plan for the current state; undefined, with an event, if a saved plan is stale or leaves nothing to do. */
async function planNow(request: ApplyRequest, emit: Emit): Promise<Plan | undefined> {
  const { approval, desired, server } = request;
  emit({ kind: "fetching", again: false });
  if (approval.kind !== "saved")
    return planProject({ ...request, overwrites: overwrites(approval) });
  const { saved } = approval;
  const { project, environment } = desired;
  const elsewhere = scopeDifferences(saved.scope, { server, project, environment });
  if (elsewhere.length > 0) return tellOutdated(elsewhere, emit);
  const plan = await planProject({ ...request, refusesDuplicates: true });
  if (saved.operations.length === 0) return settled(plan, "no_operations", emit);
  const differences = allDifferences(saved, plan);
  if (differences.length === 0) return { ...plan, refusals: [] };
  const done = appliedAlready(saved, plan);
  if (done.size === saved.operations.length) return settled(plan, "already_applied", emit);
  const partly = [...done].map((key): PlanDifference => ({ kind: "done", key }));
  const others = differences.filter((each) => !("key" in each && done.has(each.key)));
  return tellOutdated([...partly, ...others], emit);
}

/** Whether overwriting outside changes was approved in advance. */
function overwrites(approval: Approval): boolean {
  return approval.kind === "automatic" && approval.onDrift === "overwrite";
}

/** New refusals of approved operations count as differences; refusals of other operations do not. */
function allDifferences(saved: ApprovedPlan, plan: Plan): readonly PlanDifference[] {
  const keys = new Set<string>(saved.operations.map(({ key }) => key));
  const concerned = plan.refusals.filter((refusal) => concerns(refusal, keys));
  return [...planDifferences(saved, approvedPlan(plan)), ...refusalDifferences(concerned)];
}

function refusalDifferences(refusals: readonly Refusal[]): readonly PlanDifference[] {
  return refusals.map((refusal) => ({ kind: "refusal", refusal }));
}

/** A plan without operations is reported as it is; nobody approved what else the configuration wants. */
function settled(
  plan: Plan,
  why: "no_operations" | "already_applied",
  emit: Emit,
): Plan | undefined {
  if (plan.refusals.length === 0 && !hasChanges(plan)) return plan;
  emit({ kind: "saved_plan_done", why });
  return undefined;
}

function tellOutdated(differences: readonly PlanDifference[], emit: Emit): undefined {
  emit({ kind: "plan_stale", differences });
}

/** Reports an older commit, or a checkout that cannot be judged: the guard is never skipped silently. */
function isOutdated(
  { judgement: { outdated, unknown } }: JudgedPlan,
  { commits: { checkout, history }, allowRewind }: ApplyRequest,
  emit: Emit,
): boolean {
  if (allowRewind || history === "off") return false;
  if (checkout.kind === "unusable") {
    emit({ kind: "checkout_unusable", problem: checkout.problem });
    return true;
  }
  if (outdated.length > 0) emit({ kind: "commit_outdated", outdated });
  else if (unknown.length > 0) emit({ kind: "commit_unknown", agents: unknown });
  return outdated.length + unknown.length > 0;
}

async function isApproved(plan: Plan, request: ApplyRequest, emit: Emit): Promise<boolean> {
  const { approval } = request;
  switch (approval.kind) {
    case "saved":
    case "automatic": {
      const keys = overwrittenAgents(plan).map(({ key }) => key);
      if (approval.onDrift === "overwrite" || keys.length === 0) return true;
      emit({ kind: "drift_refused", keys });
      return false;
    }
    case "ask":
      return (await isAgreed(plan, approval.approve, emit)) && stillHolds(plan, request, emit);
  }
}

/** Asks for approval. Reports every answer but yes. */
export async function isAgreed(plan: Plan, approve: Approve, emit: Emit): Promise<boolean> {
  switch (await approve(plan)) {
    case "unavailable":
      emit({ kind: "approval_missing" });
      return false;
    case "no":
      emit({ kind: "declined" });
      return false;
    case "yes":
      return true;
  }
}

/** The user may take time, so the plan is made again: what they approved must still be what would be done. */
async function stillHolds(plan: Plan, request: ApplyRequest, emit: Emit): Promise<boolean> {
  emit({ kind: "fetching", again: true });
  const fresh = await planProject(request);
  const differences = allDifferences(approvedPlan(plan), fresh);
  if (differences.length === 0) return true;
  emit({ kind: "plan_stale", differences });
  return false;
}
