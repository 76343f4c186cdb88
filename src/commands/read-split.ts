import type { AgentId } from "../agent/identity.ts";
import type { Reader } from "../agent/ports.ts";
import type { RemoteAgent, RemoteAlias } from "../agent/remote-agent.ts";
import type { Identification } from "../plan/identify.ts";
import { isMemory } from "../plan/previous-alias.ts";

type Histories = ReadonlyMap<AgentId, readonly RemoteAgent[]>;

/**
 * For agents whose alias and default disagree: the version of the alias, and those made after the default. They show
 * the reason independently of the file, so that the file does not decide what is drift. Skips agents whose history is
 * already known. Rejects with an `ApiError` if one cannot be read.
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

/** An alias that only remembers where another one was is not used for releases. */
function isAway(alias: RemoteAlias, remote: RemoteAgent, standing: readonly RemoteAlias[]) {
  return alias.version !== remote.version && !isMemory(alias, standing);
}
