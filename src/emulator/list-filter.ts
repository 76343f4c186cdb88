import { contentOf, type StoredAgent } from "./agent-state.ts";
import type { Behaviour } from "./behaviour.ts";
import { containsJson } from "./json.ts";
import { optionalFlag, optionalJsonObject, optionalText, readQuery, someOf } from "./query.ts";

/** Whether a list includes an agent. */
export type ListFilter = (agent: StoredAgent) => boolean;

/**
 * Reads the filters of both lists (Mistral API reference, list agents). How they match is not documented. Here a name
 * must be equal, a search must occur in the name or id in any letter case, and metadata must be contained.
 */
export function readListFilter(url: string, behaviour: Behaviour): ListFilter {
  const wanted = readQuery(url, {
    deployment_chat: optionalFlag,
    sources: someOf(["api", "playground", "agent_builder_v1"]),
    name: optionalText,
    search: optionalText,
    id: optionalText,
    metadata: optionalJsonObject,
  });
  const metadata = behaviour.metadata_filter === "honoured" ? wanted.metadata : undefined;
  const search = wanted.search?.toLowerCase();
  return (agent) => {
    const content = contentOf(agent, agent.version);
    const name = String(content.name);
    return (
      (wanted.id === undefined || agent.id === wanted.id) &&
      (wanted.name === undefined || name === wanted.name) &&
      (wanted.sources === undefined || wanted.sources.includes(agent.source)) &&
      (wanted.deployment_chat === undefined ||
        (content.deployment_chat ?? false) === wanted.deployment_chat) &&
      (search === undefined || `${name}\n${agent.id}`.toLowerCase().includes(search)) &&
      (metadata === undefined || containsJson(content.metadata ?? {}, metadata))
    );
  };
}
