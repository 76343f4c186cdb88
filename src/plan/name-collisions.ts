import type { DesiredAgent } from "../agent/definition.ts";
import type { AgentId, AgentKey } from "../agent/identity.ts";
import type { RemoteAgent } from "../agent/remote-agent.ts";
import { tagsOf } from "../agent/tags.ts";
import { groupBy } from "./group-by.ts";
import { isOurs, suspectOf } from "./identify.ts";
import type { Refusal } from "./refusal.ts";

/**
 * Agents of nobody that stand in the way of a create: one of the same name (unless that is allowed), and one
 * whose older versions carry this key's tags, which an edit outside dropped (whatever it is called now).
 */
export function nameCollisions(
  creates: readonly DesiredAgent[],
  unowned: readonly RemoteAgent[],
  histories: ReadonlyMap<AgentId, readonly RemoteAgent[]>,
  scope: { readonly project: string; readonly environment: string },
  allowDuplicateNames: boolean,
): readonly Refusal[] {
  const lostBy = agentsByLostKey(unowned, histories, scope);
  return creates.flatMap(({ key, definition, at }): Refusal[] => {
    const lost = lostBy.get(key) ?? [];
    if (lost.length > 0) return [{ kind: "tags_lost", key, suspects: lost.map(suspectOf), at }];
    const { name } = definition;
    const namesakes = unowned.filter((agent) => agent.name === name);
    if (allowDuplicateNames || namesakes.length === 0) return [];
    return [{ kind: "name_taken", key, name, suspects: namesakes.map(suspectOf), at }];
  });
}

function agentsByLostKey(
  unowned: readonly RemoteAgent[],
  histories: ReadonlyMap<AgentId, readonly RemoteAgent[]>,
  scope: { readonly project: string; readonly environment: string },
): ReadonlyMap<AgentKey | undefined, readonly RemoteAgent[]> {
  return groupBy(unowned, ({ id }) => {
    const tags = (histories.get(id) ?? []).map(tagsOf).find((each) => isOurs(each, scope));
    return tags?.key as AgentKey | undefined;
  });
}
