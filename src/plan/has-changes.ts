import type { AgentPlan } from "./agent-plan.ts";

/** Whether carrying a plan out would change anything, or check again what was found wanting. */
export function hasChanges({
  releaseWaves,
  duplicates,
  agents,
}: {
  readonly releaseWaves: readonly unknown[];
  readonly duplicates: readonly unknown[];
  readonly agents: readonly AgentPlan[];
}): boolean {
  return releaseWaves.length > 0 || duplicates.length > 0 || !agents.every(isNoOp);
}

/** Whether an agent's plan writes nothing to that agent. Its aliases may move all the same. */
export function isNoOp({ action }: AgentPlan): boolean {
  switch (action) {
    case "create":
    case "update":
    case "rename":
    case "reuse":
    case "delete":
    case "forget":
      return false;
    case "noop":
    case "adopt":
    case "orphan":
      return true;
  }
}
