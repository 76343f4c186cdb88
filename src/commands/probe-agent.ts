import type { AgentId, AliasName, Version } from "../agent/identity.ts";
import type { JsonObject } from "../agent/json.ts";
import type { Reader, Writer } from "../agent/ports.ts";
import type { RemoteAgent } from "../agent/remote-agent.ts";

/** An agent that was made to be asked about and deleted, and all that may be done with it. */
export type ProbeAgent = {
  /** As the server answered its creation. */
  readonly created: RemoteAgent;
  /** The labels by which anybody can tell what it is. */
  readonly mark: JsonObject;
  readonly list: () => Promise<readonly RemoteAgent[]>;
  readonly read: () => Promise<RemoteAgent>;
  readonly update: (members: JsonObject) => Promise<RemoteAgent>;
  readonly switchVersion: (version: Version) => Promise<RemoteAgent>;
  readonly setAlias: (alias: AliasName, version: Version) => Promise<void>;
  /** One more, deleted with the first. */
  readonly createAnother: (members: JsonObject) => Promise<void>;
};

/** A probe agent with the ids of everything that has to be deleted in the end, known as soon as it exists. */
export type ProbeAgents = {
  readonly set: (members: JsonObject) => Promise<ProbeAgent>;
  readonly made: () => readonly AgentId[];
};

/** The label that marks probe agents. No tag of ours: they belong to no project. */
const markName = "agentvane-probe";

/** A place for probe agents. `nonce` tells those of this run from others. */
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

/** Scratch agents that a list shows, of this run or of one that was killed. */
export function isProbeAgent({ metadata }: RemoteAgent): boolean {
  return typeof metadata === "object" && metadata !== null && Object.hasOwn(metadata, markName);
}
