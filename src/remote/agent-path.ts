import type { AgentId } from "../agent/identity.ts";

/** The path of an agent; ids are opaque, so they are encoded. */
export function agentPath(id: AgentId): string {
  return `/v1/agents/${encodeURIComponent(id)}`;
}
