import type { AgentId } from "../agent/identity.ts";
import type { Reader, Writer } from "../agent/ports.ts";
import type { RemoteAgent } from "../agent/remote-agent.ts";
import { tagsOf } from "../agent/tags.ts";

/** The view of one API key, and the agents that are written with it. */
export type KeyedPorts = {
  readonly reader: Reader;
  readonly writer: Writer;
  readonly isFor: (environment: string) => boolean;
};

/** The views of several keys as one server: each agent once, read and written with the key of its environment. */
export type JoinedPorts = {
  readonly reader: Reader;
  readonly writer: Writer;
  readonly agents: readonly RemoteAgent[];
  /** Whether an agent is seen with the key of its environment. */
  readonly isOwn: (id: AgentId) => boolean;
};

/** Lists the agents with every key. Rejects with an `ApiError` if one list cannot be read completely. */
export async function joinPorts(
  keyed: readonly [KeyedPorts, ...KeyedPorts[]],
): Promise<JoinedPorts> {
  const lists = await Promise.all(
    keyed.map(async (ports) => ({ ports, agents: await ports.reader.agents() })),
  );
  const seen = new Map<AgentId, { readonly agent: RemoteAgent; readonly ports: KeyedPorts }>();
  for (const { ports, agents } of lists) {
    for (const agent of agents) {
      if (!seen.has(agent.id) || ports.isFor(environmentOf(agent))) {
        seen.set(agent.id, { agent, ports });
      }
    }
  }
  const [first] = keyed;
  const portsOf = (id: AgentId) => seen.get(id)?.ports ?? first;
  const agents = [...seen.values()].map(({ agent }) => agent);
  return {
    agents,
    isOwn: (id) => {
      const found = seen.get(id);
      return found?.ports.isFor(environmentOf(found.agent)) ?? false;
    },
    reader: {
      ...first.reader,
      agents: async () => agents,
      agent: (id, version) => portsOf(id).reader.agent(id, version),
      versions: (id, isEnough) => portsOf(id).reader.versions(id, isEnough),
      aliases: (id) => portsOf(id).reader.aliases(id),
    },
    writer: {
      create: first.writer.create,
      update: (id, body) => portsOf(id).writer.update(id, body),
      remove: (id) => portsOf(id).writer.remove(id),
      switchVersion: (id, version) => portsOf(id).writer.switchVersion(id, version),
      setAlias: (id, alias, version) => portsOf(id).writer.setAlias(id, alias, version),
      removeAlias: (id, alias) => portsOf(id).writer.removeAlias(id, alias),
    },
  };
}

function environmentOf(agent: RemoteAgent): string {
  return tagsOf(agent)?.environment ?? "";
}
