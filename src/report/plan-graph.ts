import type { AgentId, AgentKey, AgentRef } from "../agent/identity.ts";
import { isList, isObject, type Json } from "../agent/json.ts";
import type { AgentPlan } from "../plan/agent-plan.ts";
import type { Plan } from "../plan/plan.ts";
import type { GraphAgent } from "./handoff-graph.ts";

/** The agents of a plan, with whom they hand off to now and once it is carried out. */
export function graphAgents(plan: Plan): readonly GraphAgent[] {
  const keyOf = new Map<AgentId, AgentKey>([
    ...[...plan.ids].map(([key, id]): [AgentId, AgentKey] => [id, key]),
    ...plan.agents.flatMap((agent): [AgentId, AgentKey][] =>
      agent.action === "create" ? [] : [[agent.id, agent.key]],
    ),
  ]);
  const refs = (value: Json | undefined) => refsIn(value, keyOf);
  return plan.agents.map((agent) => {
    const { key, name, action } = agent;
    const before = agent.action === "create" ? [] : refs(agent.remote.handoffs);
    return { key, name, action, handoffsBefore: before, handoffs: refs(handoffsAfter(agent)) };
  });
}

function handoffsAfter(plan: AgentPlan): Json | undefined {
  switch (plan.action) {
    case "create":
      return plan.definition.handoffs;
    case "update":
    case "move":
    case "reuse":
      return plan.target.handoffs;
    case "delete":
      return [];
    case "noop":
    case "adopt":
    case "orphan":
    case "forget":
      return plan.remote.handoffs;
  }
}

/** Handoffs as a definition names them, or as the server does: by id. */
function refsIn(
  handoffs: Json | undefined,
  keyOf: ReadonlyMap<AgentId, AgentKey>,
): readonly AgentRef[] {
  if (!isList(handoffs)) return [];
  return handoffs.flatMap((handoff): AgentRef[] => {
    if (isObject(handoff) && typeof handoff.key === "string") {
      return [{ key: handoff.key as AgentKey }];
    }
    const id = isObject(handoff) ? handoff.id : handoff;
    if (typeof id !== "string") return [];
    const key = keyOf.get(id as AgentId);
    return [key === undefined ? { id: id as AgentId } : { key }];
  });
}
