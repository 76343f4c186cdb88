import type { Behaviour } from "./behaviour.ts";
import type { StoredConversation } from "./conversation-state.ts";
import type { JsonObject } from "./json.ts";

/** The answer of start, append and restart (Mistral API reference, ConversationResponse). */
export function conversationResponse(
  id: string,
  outputs: readonly JsonObject[],
  usage: JsonObject,
  behaviour: Behaviour,
): JsonObject {
  const unset =
    behaviour.unset_members === "null" ? { connector_tokens: null, connectors: null } : {};
  return {
    object: "conversation.response",
    conversation_id: id,
    outputs,
    usage: { ...usage, ...unset },
    guardrails: null,
  };
}

/** A conversation in get and list answers (AgentConversation, ModelConversation). */
export function conversationAnswer(
  conversation: StoredConversation,
  behaviour: Behaviour,
): JsonObject {
  const { id, created_at, updated_at, partner, name, description, metadata } = conversation;
  const about = { object: "conversation", id, created_at, updated_at, name, description, metadata };
  if (partner.kind === "model") return { ...about, ...partner.content };
  const version = versionShown(partner, behaviour);
  return {
    ...about,
    agent_id: partner.agent_id,
    ...(version !== undefined && { agent_version: version }),
  };
}

function versionShown(
  { version, asked }: Extract<StoredConversation["partner"], { kind: "agent" }>,
  { conversation_version }: Behaviour,
): number | string | null | undefined {
  switch (conversation_version) {
    case "number":
      return version;
    case "as_asked":
      return asked;
    case "omitted":
      return undefined;
  }
}

/** The history of a conversation, or its messages alone. Entries there have no completion time. */
export function historyAnswer(
  { id, entries }: StoredConversation,
  part: "entries" | "messages",
): JsonObject {
  const shown = entries.filter(
    ({ type }) => part === "entries" || String(type).startsWith("message."),
  );
  return {
    object: part === "entries" ? "conversation.history" : "conversation.messages",
    conversation_id: id,
    [part]: shown.map((entry) => ({ ...entry, completed_at: null })),
  };
}
