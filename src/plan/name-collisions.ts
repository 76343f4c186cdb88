import type { BoundProject, DesiredAgent } from "../agent/definition.ts";
import type { AgentId, AgentKey } from "../agent/identity.ts";
import type { RemoteAgent } from "../agent/remote-agent.ts";
import { tagsOf } from "../agent/tags.ts";
import { groupBy } from "./group-by.ts";
import { formerKeys, isOurs, suspectOf } from "./identify.ts";
import type { Refusal } from "./refusal.ts";
import type { Owner } from "./scope.ts";

/**
 * Agents of nobody that stand in the way of a create: one of the same name (unless that is allowed), and one
 * whose older versions carry the tags of this key, or of one it was renamed from, which an edit outside dropped (whatever it is called now).
 */
export function nameCollisions(
  creates: readonly DesiredAgent[],
  unowned: readonly RemoteAgent[],
  histories: ReadonlyMap<AgentId, readonly RemoteAgent[]>,
  desired: BoundProject,
  allowDuplicateNames: boolean,
): readonly Refusal[] {
  const lostBy = agentsByLostKey(unowned, histories, desired);
  return creates.flatMap(({ key, definition, at }): Refusal[] => {
    const lost = [key, ...formerKeys(key, desired)].flatMap((each) => lostBy.get(each) ?? []);
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
  owner: Owner,
): ReadonlyMap<AgentKey | undefined, readonly RemoteAgent[]> {
  return groupBy(unowned, ({ id }) => {
    const tags = (histories.get(id) ?? []).map(tagsOf).find((each) => isOurs(each, owner));
    return tags?.key as AgentKey | undefined;
  });
}
