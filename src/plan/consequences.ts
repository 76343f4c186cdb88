import type { AgentPlan } from "./agent-plan.ts";
import { isDeed, overwrites } from "./deed.ts";
import type { Plan } from "./plan.ts";

/** Whether carrying a plan out would change anything, or check again what was found wanting. */
export function changesSomething(plan: Plan): boolean {
  return plan.releaseWaves.length > 0 || plan.agents.some(isDeed);
}

/** The agents about which a person has to be asked. */
export function overwritten(plan: Plan): readonly AgentPlan[] {
  return plan.agents.filter(overwrites);
}
