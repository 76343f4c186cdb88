import { isList, isObject, type Json, type JsonObject } from "../agent/json.ts";
import type { RemoteAgent } from "../agent/remote-agent.ts";
import type { Words } from "./agent-plan.ts";

/** A remote agent with other agents and connectors called as the configuration calls them. */
export function inOurWords(remote: RemoteAgent, words: Words): JsonObject {
  const { handoffs, tools } = remote;
  return {
    ...remote,
    ...(isList(handoffs) && { handoffs: handoffs.map((id) => words.agent(String(id))) }),
    ...(isList(tools) && { tools: tools.map((tool) => renameConnector(tool, words)) }),
  };
}

function renameConnector(tool: Json, words: Words): Json {
  if (!isObject(tool) || typeof tool.connector_id !== "string") return tool;
  return { ...tool, connector_id: words.connector(tool.connector_id) };
}
