import type { AgentPlan, Drift } from "./agent-plan.ts";

/** What somebody changed about an agent outside. */
export function driftOf(plan: AgentPlan): Drift {
  return "drift" in plan ? plan.drift : noDrift;
}

/** Nothing was changed outside, or nothing that matters. */
export const noDrift: Drift = { properties: [], pointers: [] };

/** An agent's plan as `drift` tells it: all that was done outside counts, as if nothing were pending in the file. */
export function withAllDrift(plan: AgentPlan): AgentPlan {
  return "outside" in plan ? { ...plan, drift: plan.outside } : plan;
}

/** Whether an agent was changed outside, in a property or in a pointer. */
export function hasDrifted(plan: AgentPlan): boolean {
  const { properties, pointers } = driftOf(plan);
  return properties.length + pointers.length > 0;
}

/** Whether a property was changed outside and in the file, each in its own way. */
export function hasConflict(plan: AgentPlan): boolean {
  return "changes" in plan && plan.changes.some(({ origin }) => origin === "conflict");
}

/** Whether carrying out an agent's plan needs a person's word: it overwrites what somebody else did. */
export function overwrites(plan: AgentPlan): boolean {
  const wipes = (plan.action === "update" || plan.action === "rename") && plan.wipesUnowned;
  return wipes || hasDrifted(plan);
}

/** The agents about which a person has to be asked. */
export function overwrittenAgents({
  agents,
}: {
  readonly agents: readonly AgentPlan[];
}): readonly AgentPlan[] {
  return agents.filter(overwrites);
}
