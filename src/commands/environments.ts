import type { AgentId } from "../agent/identity.ts";
import type { Reader } from "../agent/ports.ts";
import type { RemoteAgent } from "../agent/remote-agent.ts";
import { isEphemeral, tagsOf } from "../agent/tags.ts";
import { groupBy } from "../plan/group-by.ts";
import type { Emit } from "./event.ts";
import type { RemoteEnvironment } from "./remote-environment.ts";

/** `agentvane environments`: lists the environments in which a project has agents, with every available key. */
export async function runEnvironments(
  project: string,
  readers: readonly Reader[],
  unread: readonly string[],
  emit: Emit,
): Promise<void> {
  const lists = await Promise.all(readers.map((reader) => reader.agents()));
  // Two keys of one workspace see the same agents.
  const agents = new Map(lists.flat().map((agent): [AgentId, RemoteAgent] => [agent.id, agent]));
  const own = [...agents.values()].flatMap((agent) => {
    const tags = tagsOf(agent);
    return tags?.project === project ? [{ agent, tags }] : [];
  });
  const environments = [...groupBy(own, ({ tags }) => tags.environment)]
    .map(
      ([name, members]): RemoteEnvironment => ({
        name,
        agents: members.length,
        release:
          members
            .map(({ tags }) => tags.release)
            .sort()
            .at(-1) ?? "",
        isEphemeral: members.some(({ agent }) => isEphemeral(agent)),
      }),
    )
    .sort((left, right) => (left.name < right.name ? -1 : 1));
  emit({ kind: "environments_read", project, environments, unread });
}
