import { type AgentStore, createAgentStore, type StoredAgents } from "./agent-store.ts";
import type { Behaviour } from "./behaviour.ts";
import type { Catalogue, Connector, Library } from "./catalogue.ts";
import { type IdSources, newAgentId, newUuid } from "./ids.ts";
import { createStamps } from "./stamps.ts";

/** What the routes of the API and the side door for tests work on. */
export type Backend = {
  readonly agents: AgentStore;
  readonly behaviour: () => Behaviour;
  readonly catalogue: () => Catalogue;
  readonly addModel: (model: string) => void;
  readonly addLibrary: (library: Library) => void;
  readonly addConnector: (connector: Connector) => void;
  /** The server's datetime for something that happens now. */
  readonly stamp: () => string;
  readonly newAgentId: () => string;
  readonly newUuid: () => string;
};

/** Opens a backend on what was there before; `changed` is called after every change. */
export function createBackend(
  sources: IdSources,
  from: {
    readonly stored: StoredAgents;
    readonly catalogue: Catalogue;
    readonly behaviour: () => Behaviour;
    readonly changed: () => void;
  },
): Backend {
  let { catalogue } = from;
  const extend = (more: Partial<Catalogue>) => {
    catalogue = { ...catalogue, ...more };
    from.changed();
  };
  return {
    agents: createAgentStore(from.stored, from.changed),
    behaviour: from.behaviour,
    catalogue: () => catalogue,
    addModel: (model) => extend({ models: [...catalogue.models, model] }),
    addLibrary: (library) => extend({ libraries: [...catalogue.libraries, library] }),
    addConnector: (connector) => extend({ connectors: [...catalogue.connectors, connector] }),
    stamp: createStamps(sources.now),
    newAgentId: () => newAgentId(sources),
    newUuid: () => newUuid(sources),
  };
}
