import type { Plan } from "../../plan/plan.ts";
import { type HandoffGraph, handoffGraph } from "../graph/handoff-graph.ts";
import { graphMermaid } from "../graph/mermaid.ts";
import { graphAgents } from "../graph/plan-graph.ts";
import { fenced } from "./block.ts";

/** Up to this many agents all handoffs are drawn; above, only those that change. */
const mostInFull = 20;
/** The largest graph that people can follow and forges still draw. */
const mostNodes = 60;
const mostEdges = 150;

/** How a plan changes the handoffs: not at all, as a graph, or in too many places to draw. */
export type GraphChange =
  | { readonly kind: "none" }
  | { readonly kind: "drawn"; readonly markdown: string }
  | { readonly kind: "too_much"; readonly changes: number };

/** The handoffs of a plan's agents as a Mermaid graph, with added and removed ones marked. */
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

/** The nodes of some arrows, and all arrows between them. */
function around({ nodes, edges }: HandoffGraph, arrows: HandoffGraph["edges"]): HandoffGraph {
  const touched = new Set(arrows.flatMap(({ from, to }) => [from, to]));
  return {
    nodes: nodes.filter(({ id }) => touched.has(id)),
    edges: edges.filter(({ from, to }) => touched.has(from) && touched.has(to)),
  };
}
