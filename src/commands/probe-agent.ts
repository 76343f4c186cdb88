import type { AgentId, AliasName, Version } from "../agent/identity.ts";
import type { JsonObject } from "../agent/json.ts";
import type { Reader, Writer } from "../agent/ports.ts";
import type { RemoteAgent } from "../agent/remote-agent.ts";

/** A temporary agent for questions to the server, and the operations on it. */
export type ProbeAgent = {
  /** The server's answer to its create. */
  readonly created: RemoteAgent;
  /** The labels that identify it. */
  readonly mark: JsonObject;
  readonly list: () => Promise<readonly RemoteAgent[]>;
  readonly read: () => Promise<RemoteAgent>;
  readonly update: (members: JsonObject) => Promise<RemoteAgent>;
  readonly switchVersion: (version: Version) => Promise<RemoteAgent>;
  readonly setAlias: (alias: AliasName, version: Version) => Promise<void>;
  /** Creates one more, which is deleted with the first. */
  readonly createAnother: (members: JsonObject) => Promise<void>;
};

/** A probe agent with the ids of everything that must be deleted at the end, known as soon as it exists. */
export type ProbeAgents = {
  readonly set: (members: JsonObject) => Promise<ProbeAgent>;
  readonly made: () => readonly AgentId[];
};

/** The label of probe agents. It is not one of our tags, because they belong to no project. */
const markName = "agentvane-probe";

/** Makes probe agents. `nonce` distinguishes those of this run. */
export function openProbeAgents(
  reader: Reader,
  writer: Writer,
  model: string,
  nonce: string,
): ProbeAgents {
  const made: AgentId[] = [];
  const mark = { [markName]: nonce };
  const create = async (members: JsonObject) => {
    const agent = await writer.create({
      name: `agentvane probe ${nonce}, may be deleted`,
      model,
      metadata: mark,
      ...members,
    });
    made.push(agent.id);
    return agent;
  };
  return {
    made: () => made,
    set: async (members) => {
      const created = await create(members);
      const { id } = created;
      return {
        created,
        mark,
        list: () => reader.agents(),
        read: () => reader.agent(id),
        update: (change) => writer.update(id, change),
        switchVersion: (version) => writer.switchVersion(id, version),
        setAlias: async (alias, version) => void (await writer.setAlias(id, alias, version)),
        createAnother: async (more) => void (await create(more)),
      };
    },
  };
}

/** Probe agents in a list, of this run or of one that was killed. */
export function isProbeAgent({ metadata }: RemoteAgent): boolean {
  return typeof metadata === "object" && metadata !== null && Object.hasOwn(metadata, markName);
}
