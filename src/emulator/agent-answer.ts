import { type AgentVersion, contentOf, type StoredAgent } from "./agent-state.ts";
import type { Behaviour } from "./behaviour.ts";
import { withDefaults } from "./echo.ts";
import { isList, isObject, type Json, type JsonObject } from "./json.ts";

/** The owner of every agent; the API names one since SDK 2.7.0. */
const ownerId = "0198a6c0-0000-7000-8000-00000000a9e0";

const leftOutOfSummaries = ["instructions", "tools", "completion_args", "guardrails"];

/** The server's answer for an agent: all fields of one version (Mistral API reference, Agent). */
export function agentAnswer(
  agent: StoredAgent,
  behaviour: Behaviour,
  version: number = agent.version,
): JsonObject {
  const stored = contentOf(agent, version);
  const content = behaviour.defaults === "echoed" ? withDefaults(stored) : stored;
  const { model = "", name = "", tools, deployment_chat = false, ...rest } = content;
  return {
    object: "agent",
    id: agent.id,
    version,
    versions: agent.versions.map((each: AgentVersion) => each.version),
    created_at: agent.created_at,
    updated_at: agent.updated_at,
    model,
    name,
    ...(tools !== undefined && { tools: toolsAnswer(tools, behaviour) }),
    ...rest,
    deployment_chat,
    source: agent.source,
    owner_id: ownerId,
  };
}

/** An agent in a list: its default version, in full or as a summary. */
export function listItem(agent: StoredAgent, behaviour: Behaviour): JsonObject {
  const answer = agentAnswer(agent, behaviour);
  if (behaviour.list_items === "full") return answer;
  const kept = Object.entries(answer).filter(([field]) => !leftOutOfSummaries.includes(field));
  return Object.fromEntries(kept);
}

function toolsAnswer(tools: Json, behaviour: Behaviour): Json {
  const { secrets } = behaviour;
  if (secrets === "echoed" || !isList(tools)) return tools;
  return tools.map((tool) => (isObject(tool) ? withoutSecret(tool, secrets) : tool));
}

function withoutSecret(tool: JsonObject, secrets: "masked" | "omitted"): JsonObject {
  const { authorization, ...rest } = tool;
  if (!isObject(authorization)) return tool;
  if (secrets === "omitted") return rest;
  return { ...tool, authorization: { ...authorization, value: "********" } };
}
