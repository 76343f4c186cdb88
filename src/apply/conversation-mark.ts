import { isApiError } from "../agent/api-error.ts";
import type { StoredConversation } from "../agent/conversation.ts";
import type { JsonObject } from "../agent/json.ts";
import type { Conversations } from "../agent/ports.ts";
import type { CheckEvent } from "./check-event.ts";
import { removeConversation } from "./conversation.ts";

/** The owner of a stored conversation, and how long it may be in use. */
export type ConversationMark = {
  readonly project: string;
  readonly environment: string;
  /** One id per run. */
  readonly run: string;
  /** RFC 3339, in the server's time. */
  readonly until: () => string;
};

/** The metadata of a stored conversation, by which it is found if its run could not delete it. */
export function markMetadata(mark: ConversationMark): JsonObject {
  return { ...ownMetadata(mark), "agentvane.run": mark.run, "agentvane.until": mark.until() };
}

/**
 * Deletes stored conversations that are left: of this run, and of other runs of this project and environment if their
 * time is over. Never rejects because of the API; what cannot be deleted is reported.
 */
export async function removeStaleConversations(
  conversations: Conversations,
  mark: ConversationMark,
  unremoved: Set<string>,
  emit: (event: CheckEvent) => void,
): Promise<void> {
  for (const id of unremoved) await removeOrTell(conversations, id, emit);
  let listed: readonly StoredConversation[];
  try {
    listed = await conversations.list(ownMetadata(mark));
  } catch (error) {
    if (!isApiError(error)) throw error;
    return emit({ kind: "stale_conversations_unknown", failure: error.failure });
  }
  const now = conversations.serverNow();
  for (const { id } of listed.filter((each) => isStale(each, mark, now))) {
    if (!unremoved.has(id)) await removeOrTell(conversations, id, emit);
  }
}

async function removeOrTell(
  conversations: Conversations,
  id: string,
  emit: (event: CheckEvent) => void,
): Promise<void> {
  try {
    await removeConversation(conversations, id);
  } catch (error) {
    if (!isApiError(error)) throw error;
    emit({ kind: "conversation_left", id, failure: error.failure });
  }
}

function ownMetadata({ project, environment }: ConversationMark): JsonObject {
  return { "agentvane.project": project, "agentvane.environment": environment };
}

/** Servers may ignore the filter of a list, so every item is checked again. */
function isStale({ metadata }: StoredConversation, mark: ConversationMark, now: number): boolean {
  const isOurs = Object.entries(ownMetadata(mark)).every(
    ([name, value]) => metadata[name] === value,
  );
  if (!isOurs) return false;
  const until = Date.parse(String(metadata["agentvane.until"]));
  return metadata["agentvane.run"] === mark.run || until <= now;
}
