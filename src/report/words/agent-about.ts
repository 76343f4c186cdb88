import { driftOf } from "../../plan/agent-drift.ts";
import type { AgentPlan } from "../../plan/agent-plan.ts";
import { counted } from "../safe/truncate.ts";
import { pointerDriftText } from "./pointer-drift.ts";

/** What happens to an agent, in the few words behind its key; empty if the action says everything. */
export function aboutAgent(plan: AgentPlan): string {
  switch (plan.action) {
    case "create":
    case "noop":
      return "";
    case "update":
    case "rename":
      return `version ${plan.remote.version} → ${plan.expected} (new)`;
    case "reuse":
      return plan.version === plan.remote.version
        ? `version ${plan.version}, verified again: no new version`
        : `version ${plan.remote.version} → ${plan.version} (existing version reused)`;
    case "adopt":
      return `${plan.id}, as it is: nothing is written yet`;
    case "forget":
      return `${plan.id} stays as it is, without an owner`;
    case "delete":
      return `${plan.id} and its ${counted(plan.remote.versions.length, "version")}`;
    case "orphan":
      return `${plan.id}, no longer in the file; --prune deletes it`;
  }
}

/** Outside changes of an agent, or losses by the plan, that no changed property shows. */
export function agentWarnings(plan: AgentPlan): readonly string[] {
  const wipes = (plan.action === "update" || plan.action === "rename") && plan.wipesUnowned;
  return [
    ...(wipes ? ["agentvane never wrote this agent: what the file leaves out is cleared"] : []),
    ...driftOf(plan).pointers.map(pointerDriftText),
  ];
}
