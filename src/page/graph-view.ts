import type { PageDrawing, PageGraph } from "../report/html/data.ts";
import { agentAnchor } from "./agent-link.ts";
import { element, svgElement } from "./element.ts";

type Node = PageDrawing["nodes"][number];
type Edge = PageDrawing["edges"][number];

/** The handoffs as a graph with linked agents, and as a list. */
export function graphView({ drawing, note }: PageGraph, open: (at: number) => void): HTMLElement {
  return element(
    "section",
    { id: "graph", "aria-labelledby": "graph-title" },
    element("h2", { id: "graph-title" }, "Handoffs"),
    note === "" ? undefined : element("p", { class: "faint" }, note),
    ...(drawing === undefined ? [] : [picture(drawing, open), list(drawing)]),
  );
}

function picture(drawing: PageDrawing, open: (at: number) => void): HTMLElement {
  const { title, left, top, width, height, nodes, edges } = drawing;
  const svg = svgElement(
    "svg",
    { class: "graph", width, height, viewBox: `${left} ${top} ${width} ${height}` },
    svgElement("defs", {}, arrowHead()),
    ...edges.map(edgeView),
    ...nodes.map((node) => linked(node, open)),
  );
  // A region of its own can be scrolled with the keyboard.
  const attributes = { class: "picture", role: "region", "aria-label": title, tabindex: 0 };
  return element("div", attributes, svg);
}

function arrowHead(): SVGElement {
  const size = { markerWidth: 9, markerHeight: 9, markerUnits: "userSpaceOnUse" };
  return svgElement(
    "marker",
    {
      id: "arrow-head",
      viewBox: "0 0 8 8",
      refX: 7,
      refY: 4,
      ...size,
      orient: "auto-start-reverse",
    },
    svgElement("path", { d: "M0 0L8 4L0 8z" }),
  );
}

function edgeView({ path, title, change }: Edge): SVGElement {
  return svgElement(
    "path",
    { class: `edge ${change ?? ""}`, d: path, "marker-end": "url(#arrow-head)" },
    svgElement("title", {}, title),
  );
}

/** Only agents of the list can be opened. */
function linked(node: Node, open: (at: number) => void): SVGElement {
  const { agent } = node;
  if (agent === undefined) return nodeView(node);
  const link = svgElement("a", { href: `#${agentAnchor(agent)}` }, nodeView(node));
  link.addEventListener("click", () => open(agent));
  return link;
}

function nodeView({ kind, action, frame, texts }: Node): SVGElement {
  const { kind: shape, ...attributes } = frame;
  return svgElement(
    "g",
    { class: `node ${kind} ${action ?? ""}` },
    svgElement(shape, attributes),
    ...texts.map(({ text, x, y }, at) =>
      svgElement("text", { class: at === 0 ? "key" : "name", x, y }, text),
    ),
  );
}

function list({ edges }: PageDrawing): HTMLElement {
  const rows = element("ul", {});
  const summary = element("summary", {}, "As a list");
  summary.addEventListener("click", () => {
    rows.replaceChildren(...edges.map(({ title }) => element("li", {}, title)));
  });
  return element("details", { class: "control" }, summary, rows);
}
