import { hasConflict } from "../../plan/agent-drift.ts";
import type { AgentPlan } from "../../plan/agent-plan.ts";
import type { Plan } from "../../plan/plan.ts";
import { listed } from "../safe/truncate.ts";
import { noteRisks } from "./note-risks.ts";
import { overwritingAdvice, overwritingOf } from "./overwriting.ts";
import { type PlanRisk, riskOf } from "./plan-risk.ts";
import { valueText } from "./value.ts";

/** The risks of a plan, the worst first. */
export function risksOf(plan: Plan): readonly PlanRisk[] {
  const all = [...agentRisks(plan), ...noteRisks(plan)];
  return severities.flatMap((severity) => all.filter((risk) => risk.severity === severity));
}

const severities = ["error", "warning", "plain"] as const;

/** Whether a plan changes the model of an existing agent. */
export function isRemodelled(agent: AgentPlan): boolean {
  return agent.action !== "create" && modelChange(agent) !== undefined;
}

/** The change of an agent's model; undefined if it does not change. */
export function modelChange(agent: AgentPlan) {
  return "changes" in agent ? agent.changes.find(({ path }) => path[0] === "model") : undefined;
}

function agentRisks(plan: Plan): readonly PlanRisk[] {
  const { agents } = plan;
  const { edited, moved, takenOver } = overwritingOf(plan);
  const remodelled = agents.filter(isRemodelled);
  return [
    ...riskOf("deleted", "error", agents.filter(isDeleted), {
      title: (count) => `Deletes ${count}`,
      lines: ["With every version. This cannot be undone."],
    }),
    ...riskOf("conflict", "warning", agents.filter(hasConflict), {
      title: (count) => `Conflict on ${count}`,
      lines: ["Edited differently outside and in the file. The file wins."],
    }),
    ...riskOf("edited", "warning", without(edited, hasConflict), {
      title: (count) => `Overwrites edits made outside on ${count}`,
      lines: [overwritingAdvice.edited],
    }),
    ...riskOf("moved", "warning", without(moved, hasConflict), {
      title: (count) => `Undoes promote or rollback on ${count}`,
      lines: [overwritingAdvice.moved],
    }),
    ...riskOf("takenOver", "warning", takenOver, {
      title: (count) => `Takes over ${count}`,
      lines: [overwritingAdvice.takenOver],
    }),
    ...riskOf("model", "warning", remodelled, {
      title: (count) => `Gives another model to ${count}`,
      lines: [
        `${listed(modelMoves(remodelled), 3)}. The same prompt may behave differently there.`,
      ],
    }),
    ...riskOf("orphan", "plain", agents.filter(isOrphan), {
      title: (count) => `No longer in the file: ${count}`,
      lines: ["Kept; --prune deletes agents that are not in the file."],
    }),
  ];
}

/** Each change of a model once. */
function modelMoves(agents: readonly AgentPlan[]): readonly string[] {
  const moves = agents.map((agent) => {
    const { before, after } = modelChange(agent) ?? {};
    return `${valueText(before ?? null)} → ${valueText(after ?? null)}`;
  });
  return [...new Set(moves)];
}

function isDeleted({ action }: AgentPlan): boolean {
  return action === "delete";
}

function isOrphan({ action }: AgentPlan): boolean {
  return action === "orphan";
}

function without(
  agents: readonly AgentPlan[],
  leftOut: (agent: AgentPlan) => boolean,
): readonly AgentPlan[] {
  return agents.filter((agent) => !leftOut(agent));
}
