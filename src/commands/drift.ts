import { withAllDrift } from "../plan/agent-drift.ts";
import { hidesOwner } from "../plan/refusal-table.ts";
import type { Emit } from "./event.ts";
import { type PlanRequest, planProject } from "./make-plan.ts";

/** `agentvane drift`: shows outside changes, whatever the file contains now. */
export async function runDrift(request: PlanRequest, emit: Emit): Promise<void> {
  emit({ kind: "fetching", again: false });
  const plan = await planProject(request);
  const refusals = plan.refusals.filter(hidesOwner);
  const agents = plan.agents.map(withAllDrift);
  emit({ kind: "drift_found", plan: { ...plan, agents, refusals } });
}
