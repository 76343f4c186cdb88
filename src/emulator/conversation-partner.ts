import { findAgent } from "./agent-routes.ts";
import { findAlias, hasVersion, type StoredAgent } from "./agent-state.ts";
import { notFound, refusal } from "./answers.ts";
import type { Backend } from "./backend.ts";
import type { Partner } from "./conversation-state.ts";
import type { Json, JsonObject } from "./json.ts";

/** Whom a start is about, its version settled. Throws 404 for an agent, version or alias that is not there. */
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

/** An agent at the version that was asked for: a number, an alias, or nothing for the current one. */
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

/** A partner as an append finds it: some servers resolve an alias anew each time. */
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

/** What a number in quotes means is not documented: names of aliases cannot begin with a digit. */
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
