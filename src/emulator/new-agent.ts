import type { StoredAgent } from "./agent-state.ts";
import type { Backend } from "./backend.ts";
import type { JsonObject } from "./json.ts";

/** An agent with one version of this content, not stored yet. Its name need not be unique. */
export function newAgent(backend: Backend, content: JsonObject, source: string): StoredAgent {
  const { first_version: version, listed_after_reads } = backend.behaviour();
  return {
    id: backend.newAgentId(),
    sequence: backend.agents.nextSequence(),
    listed_from: backend.agents.listReads() + listed_after_reads,
    source,
    created_at: backend.stamp(),
    updated_at: backend.stamp(),
    version,
    versions: [{ version, content }],
    aliases: [],
  };
}
