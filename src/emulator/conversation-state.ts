import type { JsonObject } from "./json.ts";
import { type Changes, createRecords } from "./records.ts";

/** The partner of a conversation: an agent at the version resolved at the start, or a model alone. */
export type Partner =
  | {
      readonly kind: "agent";
      readonly agent_id: string;
      readonly version: number;
      /** `agent_version` of the start request; null if missing. */
      readonly asked: string | number | null;
    }
  | { readonly kind: "model"; readonly content: JsonObject };

/** A conversation in the server's storage, with its entries in order. */
export type StoredConversation = {
  readonly id: string;
  readonly created_at: string;
  readonly updated_at: string;
  readonly partner: Partner;
  readonly name: string | null;
  readonly description: string | null;
  readonly metadata: JsonObject | null;
  readonly entries: readonly JsonObject[];
  /** The agent that answers after handoffs. */
  readonly floor: string | null;
  readonly appended: boolean;
  /** False with `store: false`: such a conversation is kept only by servers that remember it for a while. */
  readonly stored: boolean;
};

/** All conversations in the server's storage, oldest first. */
export type ConversationStore = {
  readonly all: () => readonly StoredConversation[];
  readonly find: (id: string) => StoredConversation | undefined;
  readonly put: (conversation: StoredConversation) => void;
  readonly remove: (id: string) => void;
  /** Deleted ids, for servers that answer a second delete like the first. */
  readonly wasRemoved: (id: string) => boolean;
  /** Takes over what another process saved; keeps what changed here since. */
  readonly refresh: (saved: readonly StoredConversation[]) => void;
  readonly changes: Changes;
};

/** Opens a store with the saved conversations; `changed` is called after every change. */
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
