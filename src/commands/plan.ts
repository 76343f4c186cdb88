import type { Emit } from "./event.ts";
import { type PlanRequest, planProject } from "./make-plan.ts";

/** `agentvane plan`: says what an apply would do, and does none of it. */
export async function runPlan(request: PlanRequest, emit: Emit): Promise<void> {
  emit({ kind: "planned", plan: await planProject(request) });
}
