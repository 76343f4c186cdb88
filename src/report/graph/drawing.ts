import { textWidth } from "../safe/text-width.ts";
import { counted } from "../safe/truncate.ts";
import type { GraphEdge, GraphNode, HandoffGraph } from "./handoff-graph.ts";
import { graphLabel } from "./label.ts";
import { type Placed, type Point, placeGraph } from "./layout.ts";

/** A graph with all positions: plain data that any image format can follow. */
export type GraphDrawing = {
  readonly title: string;
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  /** In the order of the graph's nodes. */
  readonly nodes: readonly DrawnNode[];
  readonly edges: readonly DrawnEdge[];
};

export type DrawnNode = Pick<GraphNode, "kind" | "action"> & {
  readonly frame: DrawnFrame;
  /** The key first; each with its middle. */
  readonly texts: readonly { readonly text: string; readonly x: number; readonly y: number }[];
};

/** The description of an arrow, and its SVG path data. */
export type DrawnEdge = Pick<GraphEdge, "change"> & {
  readonly title: string;
  readonly path: string;
};

export type DrawnFrame =
  | {
      readonly kind: "rect";
      readonly x: number;
      readonly y: number;
      readonly width: number;
      readonly height: number;
      /** The radius of the corners. */
      readonly rx: number;
    }
  | { readonly kind: "polygon"; readonly points: string };

const columnWidth = 7.8;
const lineHeight = 17;
const padding = 14;
const margin = 16;

/** Places the nodes of a graph and routes its arrows. The same graph always gives the same drawing. */
export function drawGraph(graph: HandoffGraph): GraphDrawing {
  const sizes = graph.nodes.map((node) => ({
    id: node.id,
    first: node.kind === "entry",
    ...sizeOf(node),
  }));
  const placed = placeGraph(sizes, graph.edges);
  const { frame } = placed;
  const names = new Map(graph.nodes.map((node) => [node.id, node.key]));
  return {
    title: titleText(graph),
    left: Math.floor(frame.left - margin),
    top: Math.floor(frame.top - margin),
    width: Math.ceil(frame.width + 2 * margin),
    height: Math.ceil(frame.height + 2 * margin),
    nodes: graph.nodes.map((node) => drawnNode(node, placed)),
    edges: graph.edges.map((edge, at) => drawnEdge(edge, placed.routes[at] ?? [], names)),
  };
}

function titleText({ nodes, edges }: HandoffGraph): string {
  const outside = nodes.filter(({ kind }) => kind === "external").length;
  const others = outside === 0 ? "" : ` and ${counted(outside, "agent")} from elsewhere`;
  const agents = counted(nodes.length - outside, "agent");
  return `Handoffs: ${agents}${others}, ${counted(edges.length, "handoff")}`;
}

function sizeOf(node: GraphNode): { readonly width: number; readonly height: number } {
  const lines = graphLabel(node);
  const columns = Math.max(...lines.map(textWidth));
  // The ends of an entry are round, those of an external agent pointed; both need space.
  const ends = node.kind === "agent" ? 0 : 12;
  return {
    width: Math.ceil(columns * columnWidth) + 2 * padding + ends,
    height: lines.length * lineHeight + 16,
  };
}

function drawnNode(node: GraphNode, { middles }: Placed): DrawnNode {
  const { x, y } = middles.get(node.id) ?? { x: 0, y: 0 };
  const lines = graphLabel(node);
  const { width, height } = sizeOf(node);
  const top = y - ((lines.length - 1) * lineHeight) / 2;
  return {
    kind: node.kind,
    ...(node.action !== undefined && { action: node.action }),
    frame: frameOf(node.kind, { x, y }, width, height),
    texts: lines.map((text, at) => ({ text, x: rounded(x), y: rounded(top + at * lineHeight) })),
  };
}

function frameOf(
  kind: GraphNode["kind"],
  { x, y }: Point,
  width: number,
  height: number,
): DrawnFrame {
  const [left, upper] = [rounded(x - width / 2), rounded(y - height / 2)];
  switch (kind) {
    case "agent":
    case "entry": {
      const rx = kind === "entry" ? height / 2 : 6;
      return { kind: "rect", x: left, y: upper, width, height, rx };
    }
    case "external": {
      const [right, lower, edge] = [left + width, upper + height, 10];
      const corners = [
        [left + edge, upper],
        [right - edge, upper],
        [right, y],
        [right - edge, lower],
        [left + edge, lower],
        [left, y],
      ];
      const points = corners.map((corner) => corner.map(rounded).join(",")).join(" ");
      return { kind: "polygon", points };
    }
  }
}

function drawnEdge(
  { from, to, change }: GraphEdge,
  route: readonly Point[],
  names: ReadonlyMap<string, string>,
): DrawnEdge {
  const said = `${names.get(from) ?? ""} → ${names.get(to) ?? ""}`;
  return {
    ...(change !== undefined && { change }),
    title: change === undefined ? said : `${said}, ${changeWords[change]}`,
    path: pathData(route),
  };
}

const changeWords = { added: "new", removed: "removed" } as const;

/** A line through the midpoints between corners, rounded at the corners. */
function pathData(route: readonly Point[]): string {
  const at = ({ x, y }: Point) => `${rounded(x)} ${rounded(y)}`;
  const [first, ...rest] = route;
  const last = rest.at(-1);
  if (first === undefined || last === undefined) return "";
  const bends = rest.slice(0, -1).map((corner, index) => {
    const next = rest[index + 1] ?? corner;
    const end = index === rest.length - 2 ? next : between(corner, next);
    return `Q${at(corner)} ${at(end)}`;
  });
  return [`M${at(first)}`, ...(bends.length === 0 ? [`L${at(last)}`] : bends)].join("");
}

function between(one: Point, other: Point): Point {
  return { x: (one.x + other.x) / 2, y: (one.y + other.y) / 2 };
}

/** One digit is enough, and machines differ in the last digits. */
function rounded(value: number): number {
  return Math.round(value * 10) / 10;
}
