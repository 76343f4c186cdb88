import type { DesiredProject } from "../agent/definition.ts";
import type { Reader } from "../agent/ports.ts";
import type { RemoteAgent } from "../agent/remote-agent.ts";
import { tagsOf } from "../agent/tags.ts";
import { identify, isOurs } from "../plan/identify.ts";
import type { Emit } from "./event.ts";

/** `agentvane show`: the project's remote agents, or one of them, as the server has them. */
export async function runShow(
  desired: DesiredProject,
  reader: Reader,
  key: string | undefined,
  emit: Emit,
): Promise<void> {
  const agents = await reader.agents();
  const bound = [...identify(desired, agents).remoteOf.values()].map(({ id }) => id);
  const keyOf = (agent: RemoteAgent) => {
    const owner = desired.agents.find(({ id }) => id === agent.id);
    return tagsOf(agent)?.key ?? owner?.key ?? "";
  };
  const ours = agents
    .filter((agent) => isOurs(tagsOf(agent), desired) || bound.includes(agent.id))
    .sort((left, right) => (keyOf(left) < keyOf(right) ? -1 : 1));
  const shown = key === undefined ? ours : ours.filter((agent) => keyOf(agent) === key);
  if (key !== undefined && shown.length === 0) {
    return emit({ kind: "not_found", key, known: ours.map(keyOf) });
  }
  const withAliases = await Promise.all(
    shown.map(async (agent) => ({
      key: keyOf(agent),
      agent,
      aliases: await reader.aliases(agent.id),
    })),
  );
  const { project, environment } = desired;
  emit({ kind: "shown", project, environment, agents: withAliases });
}
