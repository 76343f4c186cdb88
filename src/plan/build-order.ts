import type { AgentKey, AgentRef } from "../agent/identity.ts";
import { feedbackVertexSet } from "./feedback-vertex-set.ts";
import { inWaves } from "./waves.ts";

/** An agent that is written, with the agents of this project it hands off to. */
export type WrittenAgent = {
  readonly key: AgentKey;
  readonly isNew: boolean;
  readonly handoffs: readonly AgentRef[];
  /** Something of it cannot be sent with the create request. */
  readonly needsSecondWrite: boolean;
};

/** In which order agents are written, and which new ones need a second write. */
export type BuildOrder = {
  /** Keys in waves; all that a wave's requests name exists when it starts. */
  readonly waves: readonly (readonly AgentKey[])[];
  /** New agents that are created without handoffs and get them after all waves. */
  readonly completedLater: ReadonlySet<AgentKey>;
};

/**
 * Callees before callers, with the fewest second writes: only agents that are new cannot be named yet, so a
 * minimum feedback vertex set among them is created first and completed at the end, together with the agents
 * that need a second write anyway. Existing agents are written once.
 */
export function buildOrder(written: readonly WrittenAgent[]): BuildOrder {
  const fresh = new Set(written.filter((agent) => agent.isNew).map((agent) => agent.key));
  const newCallees = new Map(
    written.map((agent) => [agent.key, agent.handoffs.flatMap((ref) => knownKey(ref, fresh))]),
  );
  const forced = written.filter((agent) => needsTwo(agent)).map((agent) => agent.key);
  const amongNew = new Map([...newCallees].filter(([key]) => fresh.has(key)));
  const completedLater = feedbackVertexSet(amongNew, new Set(forced));
  const graph = new Map(
    [...newCallees].map(([key, callees]) => [key, completedLater.has(key) ? [] : callees]),
  );
  return { waves: inWaves(graph), completedLater };
}

function needsTwo(agent: WrittenAgent): boolean {
  if (!agent.isNew) return false;
  return (
    agent.needsSecondWrite || agent.handoffs.some((ref) => "key" in ref && ref.key === agent.key)
  );
}

function knownKey(ref: AgentRef, keys: ReadonlySet<AgentKey>): readonly AgentKey[] {
  return "key" in ref && keys.has(ref.key) ? [ref.key] : [];
}
