import type { AgentPlan } from "../../plan/agent-plan.ts";
import { entriesOf } from "./entry-nodes.ts";

/** Another agent as a handoff names it: by key when it is this project's, else by id. */
type Ref = { readonly key: string } | { readonly id: string };

/** An agent as a picture of handoffs needs it. */
export type GraphAgent = {
  readonly key: string;
  readonly name: string;
  readonly handoffs: readonly Ref[];
  /** What a plan does about it. */
  readonly action?: AgentPlan["action"];
  /** Its handoffs until now. With them, arrows that come and go are told apart from those that stay. */
  readonly handoffsBefore?: readonly Ref[];
};

export type GraphNode = {
  /** A letter and a number, nobody else's: safe in every language that graphs are written in. */
  readonly id: string;
  /** `entry`: a conversation may begin here. `external`: not of this project, known by its id alone. */
  readonly kind: "agent" | "entry" | "external";
  /** Its key, or the id of an external one. From elsewhere, as the name is: to be escaped. */
  readonly key: string;
  /** Only where it says more than the key. */
  readonly name?: string;
  readonly action?: AgentPlan["action"];
};

export type GraphEdge = {
  /** Ids of nodes. */
  readonly from: string;
  readonly to: string;
  readonly change?: "added" | "removed";
};

/** Who hands off to whom: plain data that every picture is drawn from. */
export type HandoffGraph = {
  readonly nodes: readonly GraphNode[];
  readonly edges: readonly GraphEdge[];
};

/** The graph of some agents and of everybody whom they hand off to: entries first, else in the order given. */
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

/** An external id may look like a key; a mark before each tells them apart. */
function identity(ref: Ref): string {
  return "key" in ref ? `k${ref.key}` : `i${ref.id}`;
}

/** An agent that is only handed off to: somebody else's, or one of this project that was left out. */
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
