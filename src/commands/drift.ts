import { withAllDrift } from "../plan/deed.ts";
import type { Refusal } from "../plan/refusal.ts";
import type { Emit } from "./event.ts";
import { type PlanRequest, planProject } from "./make-plan.ts";

/** What makes it impossible to say whose agents these are; all else is in the way of an apply alone. */
const identityRefusals: ReadonlySet<Refusal["kind"]> = new Set([
  "unknown_id",
  "owned_elsewhere",
  "second_owner",
  "duplicate_owner",
  "tags_lost",
  "unknown_key",
]);

/** `agentvane drift`: says what was changed outside, whatever the file wants now. */
export async function runDrift(request: PlanRequest, emit: Emit): Promise<void> {
  emit({ kind: "reading", again: false });
  const plan = await planProject(request);
  const refusals = plan.refusals.filter(({ kind }) => identityRefusals.has(kind));
  const agents = plan.agents.map(withAllDrift);
  emit({ kind: "drift_found", plan: { ...plan, agents, refusals } });
}
