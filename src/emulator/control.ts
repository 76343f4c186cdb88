import { agentAnswer } from "./agent-answer.ts";
import {
  addVersion,
  contentOf,
  dropAlias,
  patchAgent,
  rewriteVersion,
  type StoredAgent,
  setAlias,
  switchVersion,
} from "./agent-state.ts";
import type { Backend } from "./backend.ts";
import type { Behaviour } from "./behaviour.ts";
import type { ConversationScript } from "./conversation-script.ts";
import type { StoredConversation } from "./conversation-state.ts";
import { isList, isObject, type JsonObject } from "./json.ts";
import { newAgent } from "./new-agent.ts";
import { toolTypes } from "./request-schemas.ts";

/** An agent that exists from the start, with the fields as given: nothing is validated. */
export type AgentSeed = {
  readonly id?: string;
  /** Contents, oldest first. They may have fields and tool types that the reference does not have. */
  readonly versions: readonly [JsonObject, ...JsonObject[]];
  /** The default version; the newest one if left out. */
  readonly version?: number;
  readonly aliases?: { readonly [alias: string]: number };
  readonly source?: string;
  readonly created_at?: string;
  readonly updated_at?: string;
};

/**
 * A control interface for tests: it reads the server and acts like the console, without validation, faults and the log.
 */
export type Control = {
  /** Every agent with all its versions and aliases, oldest first. */
  readonly agents: () => readonly StoredAgent[];
  readonly agent: (id: string) => StoredAgent | undefined;
  /** The API's answer for an agent. */
  readonly shown: (id: string, version?: number) => JsonObject;
  readonly seedAgent: (seed: AgentSeed) => StoredAgent;
  /** An edit in the console: a new version. The switch `console_metadata` decides about metadata. */
  readonly editAgent: (
    id: string,
    patch: JsonObject,
    options?: { readonly keepMetadata?: boolean },
  ) => StoredAgent;
  /** An edit without a new version: replaces fields of the default version, or of another one. */
  readonly editInPlace: (id: string, fields: JsonObject, version?: number) => StoredAgent;
  readonly switchVersion: (id: string, version: number) => StoredAgent;
  readonly setAlias: (id: string, alias: string, version: number) => StoredAgent;
  readonly removeAlias: (id: string, alias: string) => StoredAgent;
  /** A copy made in the console: a new agent with the default version's content, including metadata. */
  readonly copyAgent: (id: string, changes?: JsonObject) => StoredAgent;
  /** A new version with the same content, as some clients make on every run. */
  readonly bump: (id: string) => StoredAgent;
  readonly remove: (id: string) => void;
  /** Every conversation in the server's storage, oldest first. */
  readonly conversations: () => readonly StoredConversation[];
  /** Adds a conversation as if it had taken place. */
  readonly seedConversation: (
    conversation: Pick<StoredConversation, "metadata"> & Partial<StoredConversation>,
  ) => StoredConversation;
  /** Answers conversations with another script from now on. */
  readonly followScript: (script: ConversationScript) => void;
  /** Adds a model to the list; the card replaces fields of its row. */
  readonly addModel: (model: string, card?: JsonObject) => void;
  readonly nameWorkspace: (name: string) => void;
  /** Adds a library and returns its id. */
  readonly addLibrary: (name: string, id?: string) => string;
  /** Adds a connector with the names of its tools and returns its id. */
  readonly addConnector: (name: string, tools?: readonly string[], id?: string) => string;
};

/** The console can clear a field and save without a change, whatever a PATCH of the API does. */
const consoleWays = {
  null_in_patch: "clears",
  identical_patch: "new_version",
  patch_makes: "new_version",
} as const satisfies Partial<Behaviour>;

/** Makes the control interface of a backend. Every function throws if the agent does not exist. */
export function createControl(backend: Backend): Control {
  const { agents, behaviour, stamp } = backend;
  const known = (id: string): StoredAgent => {
    const agent = agents.find(id);
    if (agent === undefined) throw new Error(`Agent ${id} not found`);
    return agent;
  };
  const keep = (agent: StoredAgent): StoredAgent => {
    agents.put(agent);
    return agent;
  };
  return {
    agents: agents.all,
    agent: agents.find,
    shown: (id, version) => agentAnswer(known(id), behaviour(), version),
    seedAgent: (seed) => {
      for (const type of newerToolsOf(seed)) agents.learnTool(type);
      return keep(seededAgent(backend, seed));
    },
    editAgent: (id, patch, { keepMetadata = behaviour().console_metadata === "kept" } = {}) => {
      const edit = keepMetadata ? patch : { metadata: null, ...patch };
      return keep(patchAgent(known(id), edit, { ...behaviour(), ...consoleWays }, stamp()));
    },
    editInPlace: (id, fields, version = known(id).version) => {
      const content = { ...contentOf(known(id), version), ...fields };
      return keep(rewriteVersion(known(id), version, content, stamp()));
    },
    switchVersion: (id, version) => {
      contentOf(known(id), version);
      return keep(switchVersion(known(id), version, stamp()));
    },
    setAlias: (id, alias, version) => {
      contentOf(known(id), version);
      return keep(setAlias(known(id), alias, version, behaviour(), stamp()));
    },
    removeAlias: (id, alias) => keep(dropAlias(known(id), alias)),
    copyAgent: (id, changes = {}) => {
      const content = { ...contentOf(known(id), known(id).version), ...changes };
      return keep(newAgent(backend, content, "playground"));
    },
    bump: (id) => keep(addVersion(known(id), contentOf(known(id), known(id).version), stamp())),
    remove: (id) => agents.remove(known(id).id),
    conversations: backend.conversations.all,
    seedConversation: (seed) => {
      const at = backend.stamp();
      const conversation: StoredConversation = {
        id: backend.newEntryId("conv"),
        created_at: at,
        updated_at: at,
        partner: { kind: "model", content: { model: "mistral-small-latest" } },
        name: null,
        description: null,
        entries: [],
        floor: null,
        appended: false,
        stored: true,
        ...seed,
      };
      backend.conversations.put(conversation);
      return conversation;
    },
    followScript: backend.script.follow,
    addModel: backend.addModel,
    nameWorkspace: backend.nameWorkspace,
    addLibrary: (name, id = backend.newUuid()) => {
      backend.addLibrary({ id, name });
      return id;
    },
    addConnector: (name, tools = [], id = backend.newUuid()) => {
      backend.addConnector({ id, name, tools });
      return id;
    },
  };
}

function seededAgent(backend: Backend, seed: AgentSeed): StoredAgent {
  const [first, ...later] = seed.versions;
  const fresh = newAgent(backend, first, seed.source ?? "api");
  const grown = later.reduce<StoredAgent>(
    (agent, content) => addVersion(agent, content, backend.stamp()),
    fresh,
  );
  const at = backend.stamp();
  return {
    ...grown,
    id: seed.id ?? grown.id,
    version: seed.version ?? grown.version,
    created_at: seed.created_at ?? grown.created_at,
    updated_at: seed.updated_at ?? grown.updated_at,
    aliases: Object.entries(seed.aliases ?? {}).map(([alias, version]) => ({
      alias,
      version,
      created_at: at,
      updated_at: at,
    })),
  };
}

function newerToolsOf({ versions }: AgentSeed): string[] {
  const documented: readonly string[] = toolTypes;
  return versions
    .flatMap(({ tools }) => (isList(tools) ? tools : []))
    .filter(isObject)
    .map(({ type }) => String(type))
    .filter((type) => !documented.includes(type));
}
