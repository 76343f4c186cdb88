import { counted } from "./bounded.ts";
import { graphLabel } from "./graph-label.ts";
import { type Placed, type Point, placeGraph } from "./graph-layout.ts";
import { graphStyle } from "./graph-style.ts";
import type { GraphEdge, GraphNode, HandoffGraph } from "./handoff-graph.ts";
import { textWidth } from "./text-width.ts";
import { xmlText } from "./xml-text.ts";

const columnWidth = 7.8;
const lineHeight = 17;
const padding = 14;
const margin = 16;

/**
 * A graph as an SVG image that needs nothing else: light or dark as the reader's system is, told to screen readers,
 * and without a script or an address. The same graph gives the same text. It may stand inside an HTML page.
 */
export function graphSvg(graph: HandoffGraph): string {
  const sizes = graph.nodes.map((node) => ({
    id: node.id,
    first: node.kind === "entry",
    ...sizeOf(node),
  }));
  const placed = placeGraph(sizes, graph.edges);
  const { frame } = placed;
  const [left, top] = [frame.left - margin, frame.top - margin].map(Math.floor);
  const [width, height] = [frame.width + 2 * margin, frame.height + 2 * margin].map(Math.ceil);
  const names = new Map(graph.nodes.map((node) => [node.id, node.key]));
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" class="handoff-graph" role="img" aria-labelledby="handoff-graph-title" width="${width}" height="${height}" viewBox="${left} ${top} ${width} ${height}">`,
    `<title id="handoff-graph-title">${xmlText(titleText(graph))}</title>`,
    `<style>${graphStyle}</style>`,
    `<defs><marker id="handoff-graph-head" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="9" markerHeight="9" markerUnits="userSpaceOnUse" orient="auto-start-reverse"><path d="M0 0L8 4L0 8z"/></marker></defs>`,
    ...graph.edges.map((edge, at) => edgeSvg(edge, placed.routes[at] ?? [], names)),
    ...graph.nodes.map((node) => nodeSvg(node, placed)),
    "</svg>",
    "",
  ].join("\n");
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
  // The ends of an entry are round, those of an external agent pointed: both take room.
  const ends = node.kind === "agent" ? 0 : 12;
  return {
    width: Math.ceil(columns * columnWidth) + 2 * padding + ends,
    height: lines.length * lineHeight + 16,
  };
}

function nodeSvg(node: GraphNode, { middles }: Placed): string {
  const { x, y } = middles.get(node.id) ?? { x: 0, y: 0 };
  const [first, ...others] = graphLabel(node);
  const { width, height } = sizeOf(node);
  const top = y - (others.length * lineHeight) / 2;
  const text = (line: string, at: number) =>
    `<text class="${at === 0 ? "key" : "name"}" x="${rounded(x)}" y="${rounded(top + at * lineHeight)}">${xmlText(line)}</text>`;
  const action = node.action === undefined ? "" : ` ${node.action}`;
  return `<g class="node ${node.kind}${action}">${frameSvg(node.kind, { x, y }, width, height)}${[first ?? "", ...others].map(text).join("")}</g>`;
}

function frameSvg(kind: GraphNode["kind"], { x, y }: Point, width: number, height: number): string {
  const [left, upper] = [rounded(x - width / 2), rounded(y - height / 2)];
  switch (kind) {
    case "agent":
    case "entry":
      return `<rect x="${left}" y="${upper}" width="${width}" height="${height}" rx="${kind === "entry" ? height / 2 : 6}"/>`;
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
      return `<polygon points="${corners.map((corner) => corner.map(rounded).join(",")).join(" ")}"/>`;
    }
  }
}

function edgeSvg(
  { from, to, change }: GraphEdge,
  route: readonly Point[],
  names: ReadonlyMap<string, string>,
): string {
  const [caller, callee] = [names.get(from) ?? "", names.get(to) ?? ""];
  const said = `${caller} → ${callee}${change === undefined ? "" : `, ${changeWords[change]}`}`;
  const style = change === undefined ? "" : ` ${change}`;
  return `<path class="edge${style}" d="${pathData(route)}" marker-end="url(#handoff-graph-head)"><title>${xmlText(said)}</title></path>`;
}

const changeWords = { added: "new", removed: "removed" } as const;

/** A line through the middles between corners, rounded at the corners. */
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

/** One digit: more says nothing, and machines differ in the last ones. */
function rounded(value: number): number {
  return Math.round(value * 10) / 10;
}
