import { contentOf, type StoredAgent } from "./agent-state.ts";
import type { Backend } from "./backend.ts";
import type { Partner, StoredConversation } from "./conversation-state.ts";
import { isList, isObject, type JsonObject } from "./json.ts";

/** Who answers in a conversation: an agent at one version, or a model alone. */
export type Speaker = {
  readonly agent: StoredAgent | undefined;
  readonly version: number;
  readonly content: JsonObject;
};

/** The speaker for a partner; undefined if its agent or version was deleted. */
export function speakerOf(backend: Backend, partner: Partner): Speaker | undefined {
  if (partner.kind === "model") return { agent: undefined, version: 0, content: partner.content };
  const agent = backend.agents.find(partner.agent_id);
  return agent === undefined ? undefined : agentSpeaker(agent, partner.version);
}

/**
 * Who answers next: the partner of the conversation, or the agent that it was handed off to, at its default version.
 */
export function floorOf(
  backend: Backend,
  { partner, floor }: Pick<StoredConversation, "partner" | "floor">,
): Speaker | undefined {
  const taken = floor === null ? undefined : backend.agents.find(floor);
  return taken === undefined ? speakerOf(backend, partner) : agentSpeaker(taken, taken.version);
}

/** An agent at one version; undefined if it has no version of that number. */
export function agentSpeaker(agent: StoredAgent, version: number): Speaker | undefined {
  const exists = agent.versions.some((each) => each.version === version);
  return exists ? { agent, version, content: contentOf(agent, version) } : undefined;
}

/** The agent that a speaker hands off to by this name or id, at its default version. */
export function handoffTarget(
  backend: Backend,
  { content }: Speaker,
  nameOrId: string,
): Speaker | undefined {
  const ids = isList(content.handoffs) ? content.handoffs.map(String) : [];
  const agents = ids.flatMap((id) => backend.agents.find(id) ?? []);
  const found = agents.find(
    (agent) => agent.id === nameOrId || contentOf(agent, agent.version).name === nameOrId,
  );
  return found && agentSpeaker(found, found.version);
}

/** Whether a speaker may call this: one of its functions, or any name if it has a connector. */
export function mayCall({ content }: Speaker, name: string): boolean {
  const tools = isList(content.tools) ? content.tools.filter(isObject) : [];
  return tools.some(({ type, function: declared }) =>
    type === "function" ? isObject(declared) && declared.name === name : type === "connector",
  );
}
