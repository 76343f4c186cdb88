import { xmlText } from "../safe/xml-text.ts";
import { type DrawnEdge, type DrawnFrame, type DrawnNode, drawGraph } from "./drawing.ts";
import type { HandoffGraph } from "./handoff-graph.ts";
import { graphStyle } from "./style.ts";

/**
 * A graph as a self-contained SVG image: it follows the reader's light or dark mode, is described for screen readers,
 * and contains no script or URL. The same graph always gives the same text. It may be part of an HTML page.
 */
export function graphSvg(graph: HandoffGraph): string {
  const { title, left, top, width, height, nodes, edges } = drawGraph(graph);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" class="handoff-graph" role="img" aria-labelledby="handoff-graph-title" width="${width}" height="${height}" viewBox="${left} ${top} ${width} ${height}">`,
    `<title id="handoff-graph-title">${xmlText(title)}</title>`,
    `<style>${graphStyle}</style>`,
    `<defs><marker id="handoff-graph-head" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="9" markerHeight="9" markerUnits="userSpaceOnUse" orient="auto-start-reverse"><path d="M0 0L8 4L0 8z"/></marker></defs>`,
    ...edges.map(edgeSvg),
    ...nodes.map(nodeSvg),
    "</svg>",
    "",
  ].join("\n");
}

function nodeSvg({ kind, action, frame, texts }: DrawnNode): string {
  const text = ({ text: line, x, y }: DrawnNode["texts"][number], at: number) =>
    `<text class="${at === 0 ? "key" : "name"}" x="${x}" y="${y}">${xmlText(line)}</text>`;
  const style = action === undefined ? kind : `${kind} ${action}`;
  return `<g class="node ${style}">${frameSvg(frame)}${texts.map(text).join("")}</g>`;
}

function frameSvg(frame: DrawnFrame): string {
  switch (frame.kind) {
    case "rect":
      return `<rect x="${frame.x}" y="${frame.y}" width="${frame.width}" height="${frame.height}" rx="${frame.rx}"/>`;
    case "polygon":
      return `<polygon points="${frame.points}"/>`;
  }
}

function edgeSvg({ change, title, path }: DrawnEdge): string {
  const style = change === undefined ? "edge" : `edge ${change}`;
  return `<path class="${style}" d="${path}" marker-end="url(#handoff-graph-head)"><title>${xmlText(title)}</title></path>`;
}
