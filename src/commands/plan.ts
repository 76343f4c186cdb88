import { hasChanges } from "../plan/has-changes.ts";
import type { Plan } from "../plan/plan.ts";
import { type CommitRules, judgePlan } from "./checkout.ts";
import type { Emit } from "./event.ts";
import { type PlanRequest, planProject } from "./make-plan.ts";
import type { PlanEvent } from "./plan-event.ts";
import type { ServerEvent } from "./server-event.ts";

/** `agentvane plan`: shows what an apply would do, and does none of it. Returns the plan, to be saved. */
export async function runPlan(
  request: PlanRequest & {
    /** Asked only for a plan with changes: git takes a sixth of the time of one without. */
    readonly commits: () => Promise<CommitRules>;
  },
  emit: Emit<ServerEvent | PlanEvent>,
): Promise<Plan> {
  emit({ kind: "fetching", again: false });
  const planned = await planProject(request);
  const plan = hasChanges(planned)
    ? (await judgePlan(planned, request.reader, await request.commits())).plan
    : planned;
  emit({ kind: "planned", plan });
  return plan;
}
