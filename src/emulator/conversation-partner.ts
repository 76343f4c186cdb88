import { findAgent } from "./agent-routes.ts";
import { findAlias, hasVersion, type StoredAgent } from "./agent-state.ts";
import { notFound, refusal } from "./answers.ts";
import type { Backend } from "./backend.ts";
import type { Partner } from "./conversation-state.ts";
import type { Json, JsonObject } from "./json.ts";

/**
 * The agent or model of a new conversation, with its version resolved. Throws 404 if the agent, version or alias does
 * not exist.
 */
export function partnerOf(backend: Backend, body: JsonObject): Partner {
  const { agent_id = null, model } = body;
  if (typeof agent_id === "string") return agentPartner(backend, agent_id, body.agent_version);
  const { instructions = null, tools = [], completion_args = null, guardrails = null } = body;
  return {
    kind: "model",
    content: {
      model: String(model),
      instructions,
      tools: tools ?? [],
      completion_args: completion_args ?? {},
      guardrails,
    },
  };
}

/** An agent at the requested version: a number, an alias, or the current version by default. */
export function agentPartner(
  backend: Backend,
  id: string,
  asked: Json | undefined = null,
): Extract<Partner, { kind: "agent" }> {
  const agent = findAgent(backend, id);
  const version = versionAsked(backend, agent, asked);
  return {
    kind: "agent",
    agent_id: id,
    version,
    asked: typeof asked === "string" || typeof asked === "number" ? asked : null,
  };
}

/** The partner of a conversation at an append: some servers resolve an alias each time. */
export function partnerNow(backend: Backend, partner: Partner): Partner {
  const { alias_resolved_at } = backend.behaviour();
  if (partner.kind === "model" || alias_resolved_at === "start") return partner;
  return agentPartner(backend, partner.agent_id, partner.asked);
}

function versionAsked(backend: Backend, agent: StoredAgent, asked: Json): number {
  if (asked === null) return agent.version;
  if (typeof asked === "string") {
    const alias = findAlias(agent, asked);
    if (alias !== undefined) return alias.version;
  }
  const number = typeof asked === "string" ? numberIn(backend, asked) : asked;
  if (typeof number === "number" && hasVersion(agent, number)) return number;
  const message = `Version ${String(asked)} of agent ${agent.id} not found`;
  if (backend.behaviour().unknown_version === 404) throw notFound(message);
  throw refusal(422, message);
}

/** The meaning of a quoted number is not documented; alias names cannot begin with a digit. */
function numberIn(backend: Backend, asked: string): number | undefined {
  if (!/^\d{1,15}$/.test(asked)) return undefined;
  switch (backend.behaviour().quoted_version) {
    case "number":
      return Number(asked);
    case 404:
      return undefined;
    case 422:
      throw refusal(422, `agent_version: "${asked}" is neither a number nor an alias`, 3001);
  }
}
