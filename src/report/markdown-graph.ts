import { handoffsOf } from "../agent/definition.ts";
import type { AgentId, AgentRef } from "../agent/identity.ts";
import { isList } from "../agent/json.ts";
import type { RemoteAgent } from "../agent/remote-agent.ts";
import type { AgentPlan } from "../plan/agent-plan.ts";
import type { Plan } from "../plan/plan.ts";
import { graphMermaid } from "./graph-mermaid.ts";
import { type GraphAgent, type HandoffGraph, handoffGraph } from "./handoff-graph.ts";
import { fenced } from "./markdown-block.ts";

/** Agents up to which all that hand off are drawn; above, only those whose handoffs change. */
const mostInFull = 20;
/** What can still be followed, and what forges still draw. */
const mostNodes = 60;
const mostEdges = 150;

/** How a plan changes who hands off to whom: nothing, a picture, or too much for one. */
export type GraphChange =
  | { readonly kind: "none" }
  | { readonly kind: "drawn"; readonly markdown: string }
  | { readonly kind: "too_much"; readonly changes: number };

/** The handoffs of a plan's agents as a Mermaid graph, with those marked that come and go. */
export function graphChange(plan: Plan): GraphChange {
  const graph = handoffGraph(graphAgents(plan));
  const changes = graph.edges.filter(({ change }) => change !== undefined);
  if (changes.length === 0) return { kind: "none" };
  const full = around(graph, graph.edges);
  const drawn = full.nodes.length <= mostInFull ? full : around(graph, changes);
  if (drawn.nodes.length > mostNodes || drawn.edges.length > mostEdges) {
    return { kind: "too_much", changes: changes.length };
  }
  const lines = graphMermaid(drawn).trimEnd().split("\n");
  return { kind: "drawn", markdown: fenced("mermaid", lines) };
}

/** What some arrows touch, and all arrows in between. */
function around({ nodes, edges }: HandoffGraph, arrows: HandoffGraph["edges"]): HandoffGraph {
  const touched = new Set(arrows.flatMap(({ from, to }) => [from, to]));
  return {
    nodes: nodes.filter(({ id }) => touched.has(id)),
    edges: edges.filter(({ from, to }) => touched.has(from) && touched.has(to)),
  };
}

/** The agents of a plan with their handoffs before and after it. */
export function graphAgents(plan: Plan): readonly GraphAgent[] {
  const keyOf = new Map([...plan.ids].map(([key, id]) => [id, key]));
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
    case "move":
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
