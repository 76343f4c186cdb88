import type { Plan } from "../../plan/plan.ts";
import { drawGraph } from "../graph/drawing.ts";
import { type GraphAgent, handoffGraph } from "../graph/handoff-graph.ts";
import { graphAgents } from "../graph/plan-graph.ts";
import { counted } from "../safe/truncate.ts";
import type { PageCommand, PageGraph } from "./data.ts";

/** Most agents that are drawn; more arrows could not be followed. */
const mostNodes = 150;

/** The handoffs as a drawing; undefined if there are none. */
export function pageGraph(
  plan: Plan,
  command: PageCommand,
  placeOf: ReadonlyMap<string, number>,
): PageGraph | undefined {
  const all = graphAgents(plan).map((agent) => (command === "drift" ? asItIs(agent) : agent));
  const joined = keep(all, joinedKeys(all));
  if (joined.length === 0) return undefined;
  const shown = joined.length <= mostNodes ? joined : aroundChanges(joined);
  if (shown.length > mostNodes || shown.length === 0) {
    return {
      note: `${counted(joined.length, "agent")} with handoffs: too many to draw.`,
    };
  }
  const graph = handoffGraph(shown);
  const drawing = drawGraph(graph);
  const nodes = drawing.nodes.map((node, at) => {
    const place = placeOf.get(graph.nodes[at]?.key ?? "");
    return { ...node, ...(place !== undefined && { agent: place }) };
  });
  const left = joined.length - shown.length;
  return {
    drawing: { ...drawing, nodes },
    note: left === 0 ? "" : `Only agents that change and their neighbours; ${left} are left out.`,
  };
}

/** Drift is about the handoffs on the server now, not about a plan. */
function asItIs({ key, name, handoffsBefore = [] }: GraphAgent): GraphAgent {
  return { key, name, handoffs: handoffsBefore };
}

function aroundChanges(agents: readonly GraphAgent[]): readonly GraphAgent[] {
  const changing = new Set(agents.filter(isChanging).map(({ key }) => key));
  const near = agents.flatMap((agent) => {
    const callees = calleesOf(agent);
    if (changing.has(agent.key)) return [agent.key, ...callees];
    return callees.some((key) => changing.has(key)) ? [agent.key] : [];
  });
  return keep(agents, new Set(near));
}

function isChanging({ action }: GraphAgent): boolean {
  return action !== undefined && action !== "noop" && action !== "adopt";
}

/** Agents with an arrow. */
function joinedKeys(agents: readonly GraphAgent[]): ReadonlySet<string> {
  return new Set(
    agents.flatMap((agent) => {
      const all = [...agent.handoffs, ...(agent.handoffsBefore ?? [])];
      return all.length === 0 ? [] : [agent.key, ...calleesOf(agent)];
    }),
  );
}

function calleesOf({ handoffs, handoffsBefore = [] }: GraphAgent): readonly string[] {
  return [...handoffs, ...handoffsBefore].flatMap((ref) => ("key" in ref ? [ref.key] : []));
}

/** Some agents, with the arrows between them and to external agents. */
function keep(agents: readonly GraphAgent[], keys: ReadonlySet<string>): readonly GraphAgent[] {
  const stays = (ref: GraphAgent["handoffs"][number]) => !("key" in ref) || keys.has(ref.key);
  return agents
    .filter(({ key }) => keys.has(key))
    .map(({ handoffs, handoffsBefore, ...agent }) => ({
      ...agent,
      handoffs: handoffs.filter(stays),
      ...(handoffsBefore !== undefined && { handoffsBefore: handoffsBefore.filter(stays) }),
    }));
}
