import { driftOf, hasDrifted, overwrittenAgents } from "../../plan/agent-drift.ts";
import type { AgentPlan } from "../../plan/agent-plan.ts";
import type { Plan } from "../../plan/plan.ts";

/** The agents about which a person has to be asked, by what applying would undo. Each is in one list only. */
export type Overwriting = {
  /** Somebody edited them, or moved a pointer, outside agentvane. */
  readonly edited: readonly AgentPlan[];
  /** Nobody touched them but `promote` and `rollback`. */
  readonly moved: readonly AgentPlan[];
  /** agentvane never wrote them, and they would lose what the file leaves out. */
  readonly takenOver: readonly AgentPlan[];
};

/** Sorts the agents of a plan on which applying overwrites what somebody else did. */
export function overwritingOf(plan: Plan): Overwriting {
  const all = overwrittenAgents(plan);
  const drifted = all.filter(hasDrifted);
  return {
    edited: drifted.filter((agent) => !isOnlyMovedByUs(agent)),
    moved: drifted.filter(isOnlyMovedByUs),
    takenOver: all.filter((agent) => !hasDrifted(agent)),
  };
}

/** What to do about each kind. */
export const overwritingAdvice: { readonly [Kind in keyof Overwriting]: string } = {
  edited: "Applying overwrites that. To keep it, write it into agents.yaml first.",
  moved:
    "Applying moves it forward again. To keep it there, pin its alias to that version in agents.yaml.",
  takenOver:
    "agentvane never wrote it. Applying clears what agents.yaml leaves out; to keep that, write it into agents.yaml first.",
};

/** Whether nobody touched an agent but `promote` and `rollback`. */
function isOnlyMovedByUs(agent: AgentPlan): boolean {
  const { properties, pointers } = driftOf(agent);
  return (
    properties.length === 0 && pointers.every(({ rememberedBy }) => rememberedBy !== undefined)
  );
}
