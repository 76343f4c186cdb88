import type { AgentPlan } from "./agent-plan.ts";
import { isDeed, overwrites } from "./deed.ts";
import type { Plan } from "./plan.ts";

/** Whether carrying a plan out would change anything, or check again what was found wanting. */
export function changesSomething(plan: Plan): boolean {
  const { releaseWaves, duplicates, agents } = plan;
  return releaseWaves.length > 0 || duplicates.length > 0 || agents.some(isDeed);
}

/** The agents about which a person has to be asked. */
export function overwritten(plan: Plan): readonly AgentPlan[] {
  return plan.agents.filter(overwrites);
}
