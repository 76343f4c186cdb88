import { type AgentStore, createAgentStore, type StoredAgents } from "./agent-store.ts";
import type { Behaviour } from "./behaviour.ts";
import type { Catalogue, Connector, Library } from "./catalogue.ts";
import type { ConversationScript } from "./conversation-script.ts";
import {
  type ConversationStore,
  createConversationStore,
  type StoredConversation,
} from "./conversation-state.ts";
import { type IdSources, newAgentId, newPrefixedId, newToolCallId, newUuid } from "./ids.ts";
import type { JsonObject } from "./json.ts";
import type { SavedState } from "./saved-state.ts";
import { createScriptPlayer, type ScriptPlayer } from "./script-player.ts";
import { createStamps } from "./stamps.ts";

/** The state behind the API routes and the control interface. */
export type Backend = {
  readonly agents: AgentStore;
  readonly conversations: ConversationStore;
  /** The script that answers conversations. */
  readonly script: ScriptPlayer;
  readonly behaviour: () => Behaviour;
  readonly catalogue: () => Catalogue;
  readonly addModel: (model: string, card?: JsonObject) => void;
  /** The name of the workspace, the same for every key. */
  readonly workspace: () => string;
  readonly nameWorkspace: (name: string) => void;
  readonly addLibrary: (library: Library) => void;
  readonly addConnector: (connector: Connector) => void;
  /** The server's timestamp for now. */
  readonly stamp: () => string;
  readonly newAgentId: () => string;
  readonly newUuid: () => string;
  /** A new id of a conversation or an entry. */
  readonly newEntryId: (prefix: string) => string;
  readonly newToolCallId: () => string;
  readonly milliseconds: () => number;
  readonly sleep: (milliseconds: number) => Promise<void>;
  /** Everything that is saved. */
  readonly plain: () => SavedState;
  /** Takes over what another process saved; keeps what changed here since the last save. */
  readonly refresh: (saved: SavedState) => void;
  /** Marks all changes so far as saved; call the returned function to undo that. */
  readonly takeChanges: () => () => void;
};

/** Opens a backend with the saved state; `changed` is called after every change. */
export function createBackend(
  sources: IdSources,
  from: {
    readonly stored: StoredAgents;
    readonly conversations: readonly StoredConversation[];
    readonly script: ConversationScript;
    readonly sleep: (milliseconds: number) => Promise<void>;
    readonly catalogue: Catalogue;
    readonly behaviour: () => Behaviour;
    readonly changed: () => void;
  },
): Backend {
  let { catalogue } = from;
  let workspace = "Default Workspace";
  const extend = (more: Partial<Catalogue>) => {
    catalogue = { ...catalogue, ...more };
    from.changed();
  };
  const agents = createAgentStore(from.stored, from.changed);
  const conversations = createConversationStore(from.conversations, from.changed);
  return {
    agents,
    conversations,
    script: createScriptPlayer(from.script),
    behaviour: from.behaviour,
    catalogue: () => catalogue,
    addModel: (model, card) =>
      extend({
        models: [...new Set([...catalogue.models, model])],
        ...(card !== undefined && { modelCards: { ...catalogue.modelCards, [model]: card } }),
      }),
    workspace: () => workspace,
    nameWorkspace: (name) => {
      workspace = name;
    },
    addLibrary: (library) => extend({ libraries: [...catalogue.libraries, library] }),
    addConnector: (connector) => extend({ connectors: [...catalogue.connectors, connector] }),
    stamp: createStamps(sources.now),
    newAgentId: () => newAgentId(sources),
    newUuid: () => newUuid(sources),
    newEntryId: (prefix) => newPrefixedId(prefix, sources),
    newToolCallId: () => newToolCallId(sources),
    milliseconds: () => sources.now().getTime(),
    sleep: from.sleep,
    plain: () => ({ ...agents.plain(), catalogue, conversations: conversations.all() }),
    refresh: (saved) => {
      agents.refresh(saved);
      conversations.refresh(saved.conversations ?? []);
      catalogue = saved.catalogue;
    },
    takeChanges: () => {
      const taken = [agents, conversations].map(({ changes }) => ({
        changes,
        ids: changes.takeChanges(),
      }));
      return () => {
        for (const { changes, ids } of taken) changes.handBack(ids);
      };
    },
  };
}
