import type { JsonObject } from "./json.ts";
import { type Changes, createRecords } from "./records.ts";

/** Whom a conversation is with: an agent at the version that start settled, or a model alone. */
export type Partner =
  | {
      readonly kind: "agent";
      readonly agent_id: string;
      readonly version: number;
      /** What start was given as `agent_version`; null for nothing. */
      readonly asked: string | number | null;
    }
  | { readonly kind: "model"; readonly content: JsonObject };

/** A conversation as the server keeps it. Entries are in the order in which they were said. */
export type StoredConversation = {
  readonly id: string;
  readonly created_at: string;
  readonly updated_at: string;
  readonly partner: Partner;
  readonly name: string | null;
  readonly description: string | null;
  readonly metadata: JsonObject | null;
  readonly entries: readonly JsonObject[];
  /** The agent that took the conversation over, after handoffs. */
  readonly floor: string | null;
  readonly appended: boolean;
  /** False with `store: false`: such a one is kept only for servers that remember it for a while. */
  readonly stored: boolean;
};

/** All conversations that the server remembers, oldest first. */
export type ConversationStore = {
  readonly all: () => readonly StoredConversation[];
  readonly find: (id: string) => StoredConversation | undefined;
  readonly put: (conversation: StoredConversation) => void;
  readonly remove: (id: string) => void;
  /** Ids that were deleted, for servers that answer a second deletion like the first. */
  readonly wasRemoved: (id: string) => boolean;
  /** Takes over what somebody else saved, beside what changed here since. */
  readonly refresh: (saved: readonly StoredConversation[]) => void;
  readonly changes: Changes;
};

/** Opens a store with what was there before; `changed` is called after every change. */
export function createConversationStore(
  before: readonly StoredConversation[],
  changed: () => void,
): ConversationStore {
  const conversations = createRecords(before);
  const removed = new Set<string>();
  return {
    all: conversations.all,
    find: conversations.find,
    put: (conversation) => {
      conversations.put(conversation);
      changed();
    },
    remove: (id) => {
      removed.add(id);
      if (conversations.remove(id)) changed();
    },
    wasRemoved: (id) => removed.has(id),
    refresh: conversations.refresh,
    changes: conversations,
  };
}
