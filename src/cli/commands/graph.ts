import { handoffsOf } from "../../agent/definition.ts";
import { graphDot } from "../../report/graph/dot.ts";
import { type HandoffGraph, handoffGraph } from "../../report/graph/handoff-graph.ts";
import { graphMermaid } from "../../report/graph/mermaid.ts";
import { choiceFlag } from "../args/flag-values.ts";
import { openConfig } from "../open-config.ts";
import type { Session } from "../session.ts";

const formats = ["mermaid", "dot", "svg"] as const;

/** `agentvane graph`: the handoffs of the configuration. Only an SVG needs the layout library. */
export async function run(session: Session): Promise<void> {
  const format = choiceFlag(session.invocation, "format", formats, "mermaid");
  const config = await openConfig(session, "unset_allowed");
  if (config === undefined) return;
  const graph = handoffGraph(
    config.desired.agents.map(({ key, definition }) => ({
      key,
      name: session.mask().text(definition.name),
      handoffs: handoffsOf(definition),
    })),
  );
  session.streams.out.write(await drawn(graph, format));
}

async function drawn(graph: HandoffGraph, format: (typeof formats)[number]): Promise<string> {
  switch (format) {
    case "mermaid":
      return graphMermaid(graph);
    case "dot":
      return graphDot(graph);
    case "svg":
      return (await import("../../report/graph/svg.ts")).graphSvg(graph);
  }
}
