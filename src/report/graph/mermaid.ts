import type { AgentPlan } from "../../plan/agent-plan.ts";
import type { GraphEdge, GraphNode, HandoffGraph } from "./handoff-graph.ts";
import { graphLabel } from "./label.ts";

/** Colours of text, frame and background that are readable on light and dark pages. */
const paints = {
  added: "fill:#dafbe1,stroke:#1a7f37,color:#0b3d1c",
  changed: "fill:#fff8c5,stroke:#9a6700,color:#4d3300",
  moved: "fill:#ddf4ff,stroke:#0969da,color:#0a3069",
  removed: "fill:#ffebe9,stroke:#cf222e,color:#660014",
};

const paintOf: { readonly [Action in AgentPlan["action"]]: keyof typeof paints | undefined } = {
  create: "added",
  update: "changed",
  rename: "changed",
  reuse: "moved",
  adopt: "moved",
  delete: "removed",
  forget: "removed",
  orphan: undefined,
  noop: undefined,
};

/** The brackets that define the shape of a node. */
const shapes: { readonly [Kind in GraphNode["kind"]]: readonly [string, string] } = {
  agent: ["[", "]"],
  entry: ["([", "])"],
  external: ["{{", "}}"],
};

/**
 * A graph as Mermaid source. Keys and names cannot leave their label: all but letters, digits, spaces, `-` and `_` is
 * written as character numbers.
 */
export function graphMermaid({ nodes, edges }: HandoffGraph): string {
  const painted = nodes.flatMap(({ id, action }) => {
    const paint = action === undefined ? undefined : paintOf[action];
    return paint === undefined ? [] : [{ id, paint }];
  });
  const used = Object.keys(paints).filter((name) => painted.some(({ paint }) => paint === name));
  const lines = [
    ...nodes.map(nodeText),
    ...edges.map(edgeText),
    ...used.map((name) => `classDef ${name} ${paints[name as keyof typeof paints]}`),
    ...used.map((name) => {
      const ids = painted.flatMap(({ id, paint }) => (paint === name ? [id] : []));
      return `class ${ids.join(",")} ${name}`;
    }),
    ...edgeStyle(edges, "added", "#1a7f37"),
    ...edgeStyle(edges, "removed", "#cf222e"),
  ];
  return ["flowchart LR", ...lines.map((line) => `  ${line}`), ""].join("\n");
}

function nodeText(node: GraphNode): string {
  const [open, close] = shapes[node.kind];
  return `${node.id}${open}"${graphLabel(node).map(escaped).join("<br/>")}"${close}`;
}

function edgeText({ from, to, change }: GraphEdge): string {
  if (change === undefined) return `${from} --> ${to}`;
  switch (change) {
    case "added":
      return `${from} ==>|new| ${to}`;
    case "removed":
      return `${from} -.->|removed| ${to}`;
  }
}

/** Mermaid styles arrows by their numbers. */
function edgeStyle(
  edges: readonly GraphEdge[],
  change: GraphEdge["change"],
  colour: string,
): readonly string[] {
  const numbers = edges.flatMap((edge, at) => (edge.change === change ? [at] : []));
  return numbers.length === 0 ? [] : [`linkStyle ${numbers.join(",")} stroke:${colour}`];
}

/** A dash at the start would turn the label into a list. */
function escaped(text: string): string {
  return text.replace(/^-|[^\p{L}\p{N} _-]/gu, (character) => `#${character.codePointAt(0)};`);
}
