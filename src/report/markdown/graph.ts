import type { Plan } from "../../plan/plan.ts";
import { type HandoffGraph, handoffGraph } from "../graph/handoff-graph.ts";
import { graphMermaid } from "../graph/mermaid.ts";
import { graphAgents } from "../graph/plan-graph.ts";
import { fenced } from "./block.ts";

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
