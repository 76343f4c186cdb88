import { driftOf, hasDrifted, overwrittenAgents } from "../../plan/agent-drift.ts";
import type { AgentPlan } from "../../plan/agent-plan.ts";
import type { Plan } from "../../plan/plan.ts";

/** The agents that need an approval, by what an apply would undo. Each is in one list only. */
export type Overwriting = {
  /** Edited, or with a pointer moved, outside agentvane. */
  readonly edited: readonly AgentPlan[];
  /** Changed only by `promote` and `rollback`. */
  readonly moved: readonly AgentPlan[];
  /** Never written by agentvane; they would lose what the file leaves out. */
  readonly takenOver: readonly AgentPlan[];
};

/** Groups the agents of a plan on which an apply overwrites outside changes. */
export function overwritingOf(plan: Plan): Overwriting {
  const all = overwrittenAgents(plan);
  const drifted = all.filter(hasDrifted);
  return {
    edited: drifted.filter((agent) => !isOnlyMovedByUs(agent)),
    moved: drifted.filter(isOnlyMovedByUs),
    takenOver: all.filter((agent) => !hasDrifted(agent)),
  };
}

/** The advice for each group. */
export const overwritingAdvice: { readonly [Kind in keyof Overwriting]: string } = {
  edited: "Applying overwrites that. To keep it, write it into agents.yaml first.",
  moved:
    "Applying moves it forward again. To keep it there, pin its alias to that version in agents.yaml.",
  takenOver:
    "agentvane never wrote it. Applying clears what agents.yaml leaves out; to keep that, write it into agents.yaml first.",
};

/** Whether only `promote` and `rollback` have changed an agent. */
function isOnlyMovedByUs(agent: AgentPlan): boolean {
  const { properties, pointers } = driftOf(agent);
  return (
    properties.length === 0 && pointers.every(({ rememberedBy }) => rememberedBy !== undefined)
  );
}
