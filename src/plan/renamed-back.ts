import type { DesiredAgent } from "../agent/definition.ts";
import type { AgentId, AgentKey } from "../agent/identity.ts";
import type { RemoteAgent } from "../agent/remote-agent.ts";
import { tagsOf } from "../agent/tags.ts";
import { provenVersions } from "./origin.ts";
import type { Refusal } from "./refusal.ts";
import type { Owner } from "./scope.ts";

/**
 * Keys that have an agent although its default version is from before it was renamed: somebody switched it back. A new agent
 * would leave the callers behind on this one, and pruning would delete it.
 */
export function renamedBack(
  creates: readonly DesiredAgent[],
  orphans: readonly { readonly key: AgentKey; readonly remote: RemoteAgent }[],
  histories: ReadonlyMap<AgentId, readonly RemoteAgent[]>,
  owner: Owner,
): readonly (Refusal & { readonly kind: "renamed_back" })[] {
  return creates.flatMap(({ key, at }) =>
    orphans.flatMap(({ key: from, remote }) => {
      const newest = provenVersions(remote, histories.get(remote.id) ?? [], owner).at(-1);
      if (newest === undefined || tagsOf(newest)?.key !== key) return [];
      const { id, version } = remote;
      return [
        { kind: "renamed_back", key, from, id, version, newest: newest.version, at } as const,
      ];
    }),
  );
}
