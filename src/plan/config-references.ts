import type { AgentId } from "../agent/identity.ts";
import { isList, isObject, type Json, type JsonObject } from "../agent/json.ts";
import type { RemoteAgent } from "../agent/remote-agent.ts";
import type { ConfigReferences } from "./agent-plan.ts";

/** Ids as the server has them, for what no configuration spells. */
export const serverReferences: ConfigReferences = {
  agent: (id) => ({ id: id as AgentId }),
  connector: (id) => id,
};

/** A remote agent with other agents and connectors called as the configuration calls them. */
export function withConfigReferences(
  remote: RemoteAgent,
  references: ConfigReferences,
): JsonObject {
  const { handoffs, tools } = remote;
  return {
    ...remote,
    ...(isList(handoffs) && { handoffs: handoffs.map((id) => references.agent(String(id))) }),
    ...(isList(tools) && { tools: tools.map((tool) => renameConnector(tool, references)) }),
  };
}

function renameConnector(tool: Json, references: ConfigReferences): Json {
  if (!isObject(tool) || typeof tool.connector_id !== "string") return tool;
  return { ...tool, connector_id: references.connector(tool.connector_id) };
}
