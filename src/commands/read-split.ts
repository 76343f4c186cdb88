import type { AgentId } from "../agent/identity.ts";
import type { Reader } from "../agent/ports.ts";
import type { RemoteAgent, RemoteAlias } from "../agent/remote-agent.ts";
import type { Identification } from "../plan/identify.ts";
import { isMemory } from "../plan/previous-alias.ts";

type Histories = ReadonlyMap<AgentId, readonly RemoteAgent[]>;

/**
 * Where an alias stands elsewhere than the default: the version it stands on, and those that were made after the
 * default one. They tell why, whatever the file wants of the agent, so that what is drift does not depend on that.
 * Agents whose history is known already are left out. Rejects with an `ApiError` when one cannot be read.
 */
export async function readSplit(
  { remoteOf }: Identification,
  aliases: ReadonlyMap<AgentId, readonly RemoteAlias[]>,
  histories: Histories,
  reader: Reader,
): Promise<Histories> {
  const split = [...remoteOf.values()].flatMap((remote) => {
    const standing = aliases.get(remote.id) ?? [];
    const away = standing.filter((each) => isAway(each, remote, standing));
    return away.length === 0 || histories.has(remote.id) ? [] : [{ remote, away }];
  });
  return new Map(
    await Promise.all(
      split.map(async ({ remote, away }): Promise<[AgentId, readonly RemoteAgent[]]> => {
        const later = remote.versions.filter((version) => version > remote.version);
        const wanted = new Set([...away.map(({ version }) => version), ...later]);
        const read = [...wanted].map((version) => reader.agent(remote.id, version));
        return [remote.id, [remote, ...(await Promise.all(read))]];
      }),
    ),
  );
}

/** What remembers where another alias stood is no pointer that anybody is released by. */
function isAway(alias: RemoteAlias, remote: RemoteAgent, standing: readonly RemoteAlias[]) {
  return alias.version !== remote.version && !isMemory(alias, standing);
}
