import type { GraphEdge, GraphNode, HandoffGraph } from "./handoff-graph.ts";
import { graphLabel } from "./label.ts";

const shapes: { readonly [Kind in GraphNode["kind"]]: string } = {
  agent: "shape=box, style=rounded",
  entry: "shape=box, style=rounded, peripheries=2",
  external: "shape=hexagon, style=dashed",
};

/** A graph as Graphviz source. Keys and names cannot end their label or have a meaning in it. */
export function graphDot({ nodes, edges }: HandoffGraph): string {
  return [
    "digraph handoffs {",
    "  rankdir=LR;",
    '  node [fontname="monospace"];',
    ...nodes.map((node) => `  ${node.id} [label="${labelText(node)}", ${shapes[node.kind]}];`),
    ...edges.map(edgeText),
    "}",
    "",
  ].join("\n");
}

function labelText(node: GraphNode): string {
  return graphLabel(node).map(escaped).join("\\n");
}

function edgeText({ from, to, change }: GraphEdge): string {
  if (change === undefined) return `  ${from} -> ${to};`;
  switch (change) {
    case "added":
      return `  ${from} -> ${to} [label="new", style=bold];`;
    case "removed":
      return `  ${from} -> ${to} [label="removed", style=dashed];`;
  }
}

/** In a quoted label, `\` starts an escape and `&` an entity. */
function escaped(text: string): string {
  return text.replaceAll("\\", "\\\\").replaceAll('"', '\\"').replaceAll("&", "&amp;");
}
