import type { StoredAgent } from "./agent-state.ts";
import { type Changes, createRecords } from "./records.ts";

/** All agents of the emulated workspace. */
export type AgentStore = {
  /** Every agent, oldest first. */
  readonly all: () => readonly StoredAgent[];
  readonly find: (id: string) => StoredAgent | undefined;
  readonly put: (agent: StoredAgent) => void;
  readonly remove: (id: string) => void;
  /** A position after all agents that were ever created. */
  readonly nextSequence: () => number;
  /** How many lists were read, without pages after the first. */
  readonly listReads: () => number;
  readonly countListRead: () => void;
  /** Whether seeded agents contain a tool type that the reference does not have: a newer server. */
  readonly isNewerTool: (type: string) => boolean;
  readonly learnTool: (type: string) => void;
  /** Everything as plain data. */
  readonly plain: () => StoredAgents;
  /** Takes over what another process saved; keeps what changed here since. */
  readonly refresh: (saved: StoredAgents) => void;
  readonly changes: Changes;
};

/** The content of a store, as plain data. */
export type StoredAgents = {
  readonly agents: readonly StoredAgent[];
  readonly sequence: number;
  readonly list_reads: number;
  readonly newer_tools: readonly string[];
};

/** Opens a store with the saved agents; `changed` is called after every change of an agent. */
export function createAgentStore(before: StoredAgents, changed: () => void): AgentStore {
  const agents = createRecords(before.agents);
  const newerTools = new Set(before.newer_tools);
  let sequence = before.sequence;
  let listReads = before.list_reads;
  return {
    all: agents.all,
    find: agents.find,
    put: (agent) => {
      if (agents.find(agent.id) === agent) return;
      agents.put(agent);
      changed();
    },
    remove: (id) => {
      if (agents.remove(id)) changed();
    },
    nextSequence: () => {
      sequence += 1;
      return sequence;
    },
    listReads: () => listReads,
    countListRead: () => {
      listReads += 1;
    },
    isNewerTool: (type) => newerTools.has(type),
    learnTool: (type) => {
      newerTools.add(type);
    },
    plain: () => ({
      agents: agents.all(),
      sequence,
      list_reads: listReads,
      newer_tools: [...newerTools],
    }),
    refresh: (saved) => {
      agents.refresh(saved.agents);
      sequence = Math.max(sequence, saved.sequence);
      listReads = Math.max(listReads, saved.list_reads);
      for (const tool of saved.newer_tools) newerTools.add(tool);
    },
    changes: agents,
  };
}
