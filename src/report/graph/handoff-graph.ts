import type { AgentPlan } from "../../plan/agent-plan.ts";
import { entriesOf } from "./entry-nodes.ts";

/** Another agent in a handoff: by key if it belongs to this project, else by id. */
type Ref = { readonly key: string } | { readonly id: string };

/** An agent with its handoffs. */
export type GraphAgent = {
  readonly key: string;
  readonly name: string;
  readonly handoffs: readonly Ref[];
  /** The action of a plan for it. */
  readonly action?: AgentPlan["action"];
  /** Its handoffs before the plan; with them, added and removed arrows are marked. */
  readonly handoffsBefore?: readonly Ref[];
};

export type GraphNode = {
  /** A letter and a number that we choose, so it is safe in every graph language. */
  readonly id: string;
  /** `entry`: a conversation may start here. `external`: not of this project, known only by its id. */
  readonly kind: "agent" | "entry" | "external";
  /** Its key, or the id of an external agent. Like the name it comes from outside and must be escaped. */
  readonly key: string;
  /** Only if it differs from the key. */
  readonly name?: string;
  readonly action?: AgentPlan["action"];
};

export type GraphEdge = {
  /** Ids of nodes. */
  readonly from: string;
  readonly to: string;
  readonly change?: "added" | "removed";
};

/** The handoff graph: plain data that every image format is made from. */
export type HandoffGraph = {
  readonly nodes: readonly GraphNode[];
  readonly edges: readonly GraphEdge[];
};

/** The graph of some agents and of all agents that they hand off to: entries first, otherwise in the given order. */
export function handoffGraph(agents: readonly GraphAgent[]): HandoffGraph {
  const ids = new Map<string, string>();
  const idOf = (ref: Ref): string => {
    const id = ids.get(identity(ref)) ?? `n${ids.size}`;
    ids.set(identity(ref), id);
    return id;
  };
  const owned = agents.map((agent) => ({ ...agent, id: idOf(agent) }));
  const edges = agents.flatMap((agent) => edgesOf(agent, idOf));
  const standing = edges.filter(({ change }) => change !== "removed");
  const entries = entriesOf(
    owned.map(({ id }) => id),
    standing,
  );
  const agentOf = new Map(owned.map((agent) => [agent.id, agent]));
  const nodes = [...ids].map(([name, id]): GraphNode => {
    const agent = agentOf.get(id);
    if (agent === undefined) return strangerNode(id, name);
    const { key, name: called, action } = agent;
    return {
      id,
      kind: entries.has(id) ? "entry" : "agent",
      key,
      ...(called !== key && called !== "" && { name: called }),
      ...(action !== undefined && { action }),
    };
  });
  const isEntry = ({ kind }: GraphNode) => kind === "entry";
  return { nodes: [...nodes.filter(isEntry), ...nodes.filter((node) => !isEntry(node))], edges };
}

/** An external id may look like a key; a prefix distinguishes them. */
function identity(ref: Ref): string {
  return "key" in ref ? `k${ref.key}` : `i${ref.id}`;
}

/** An agent that is only a target of handoffs: of another project, or of this one but left out. */
function strangerNode(id: string, identified: string): GraphNode {
  const key = identified.slice(1);
  return { id, kind: identified.startsWith("i") ? "external" : "agent", key };
}

function edgesOf(agent: GraphAgent, idOf: (ref: Ref) => string): readonly GraphEdge[] {
  const { handoffs, handoffsBefore } = agent;
  const from = idOf(agent);
  const now = new Set(handoffs.map(idOf));
  if (handoffsBefore === undefined) return [...now].map((to) => ({ from, to }));
  const before = new Set(handoffsBefore.map(idOf));
  return [
    ...[...now].map((to): GraphEdge => ({ from, to, ...(!before.has(to) && { change: "added" }) })),
    ...[...before]
      .filter((to) => !now.has(to))
      .map((to): GraphEdge => ({ from, to, change: "removed" })),
  ];
}
