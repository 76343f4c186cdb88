import type { AgentPlan } from "./agent-plan.ts";
import type { Plan } from "./plan.ts";

/** Whether carrying a plan out would change anything. */
export function changesSomething(plan: Plan): boolean {
  const writes = new Set<AgentPlan["action"]>(["create", "update", "delete"]);
  return plan.releaseWaves.length > 0 || plan.agents.some((agent) => writes.has(agent.action));
}

/** Whether an apply without a person must refuse: it would overwrite an edit made outside. */
export function overwritesDrift(plan: Plan): boolean {
  return plan.agents.some((agent) => agent.action === "update" && agent.drifted);
}
