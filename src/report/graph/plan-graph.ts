import { handoffsOf } from "../../agent/definition.ts";
import type { AgentId, AgentRef } from "../../agent/identity.ts";
import { keysById } from "../../agent/identity.ts";
import { isList } from "../../agent/json.ts";
import type { RemoteAgent } from "../../agent/remote-agent.ts";
import type { AgentPlan } from "../../plan/agent-plan.ts";
import type { Plan } from "../../plan/plan.ts";
import type { GraphAgent } from "./handoff-graph.ts";

/** The agents of a plan with their handoffs before and after it. */
export function graphAgents(plan: Plan): readonly GraphAgent[] {
  const keyOf = keysById(plan.ids);
  for (const agent of plan.agents) if ("id" in agent) keyOf.set(agent.id, agent.key);
  const refOf = (id: AgentId): AgentRef => {
    const key = keyOf.get(id);
    return key === undefined ? { id } : { key };
  };
  const refsOf = ({ handoffs }: RemoteAgent): readonly AgentRef[] =>
    isList(handoffs) ? handoffs.map((id) => refOf(id as AgentId)) : [];
  return plan.agents.map((agent) => {
    const { key, name, action } = agent;
    const before = agent.action === "create" ? [] : refsOf(agent.remote);
    return { key, name, action, handoffs: handoffsAfter(agent, before), handoffsBefore: before };
  });
}

function handoffsAfter(plan: AgentPlan, before: readonly AgentRef[]): readonly AgentRef[] {
  switch (plan.action) {
    case "create":
      return handoffsOf(plan.definition);
    case "update":
    case "rename":
    case "reuse":
      return handoffsOf(plan.target);
    case "delete":
      return [];
    case "noop":
    case "adopt":
    case "orphan":
    case "forget":
      return before;
  }
}
