import type { DesiredProject } from "../agent/definition.ts";
import type { AgentKey } from "../agent/identity.ts";
import type { Reader } from "../agent/ports.ts";
import type { RemoteAgent } from "../agent/remote-agent.ts";
import { tagsOf } from "../agent/tags.ts";
import { formerKeys, type Identification, isOurs } from "../plan/identify.ts";

/** An agent without an owner that may belong to a key of the file which has no agent. */
export type DeclaredAgent = {
  readonly key: AgentKey;
  readonly remote: RemoteAgent;
  /** Its older versions have the tags of this key, and no other agent has them. Otherwise only its name matches. */
  readonly isSure: boolean;
};

/**
 * The agents that belong to keys of the file although their tags were removed, by `forget` or an outside edit. If such
 * an agent were imported under another key, it would no longer stop a plan from creating it a second time.
 */
export async function declaredAgents(
  desired: DesiredProject,
  { remoteOf }: Identification,
  agents: readonly RemoteAgent[],
  reader: Reader,
): Promise<readonly DeclaredAgent[]> {
  // In an ephemeral environment only tags identify agents.
  if (desired.isEphemeral) return [];
  const open = desired.agents.filter(({ key, id }) => id === undefined && !remoteOf.has(key));
  const untagged = open.length === 0 ? [] : agents.filter((each) => tagsOf(each) === undefined);
  const lost = await Promise.all(
    untagged.map(async (remote) => {
      const former = await formerKeyOf(remote, desired, reader);
      const meant = open.find(
        ({ key }) =>
          former !== undefined && [key, ...formerKeys(key, desired)].includes(former as AgentKey),
      );
      return { remote, key: meant?.key };
    }),
  );
  const isSure = (key: AgentKey) => lost.filter((each) => each.key === key).length === 1;
  return lost.flatMap(({ remote, key }): DeclaredAgent[] => {
    if (key !== undefined) return [{ key, remote, isSure: isSure(key) }];
    const namesake = open.find((each) => each.definition.name === remote.name && !isSure(each.key));
    return namesake === undefined ? [] : [{ key: namesake.key, remote, isSure: false }];
  });
}

/** The key of this project in the tags of an older version of an agent. */
async function formerKeyOf(
  remote: RemoteAgent,
  desired: DesiredProject,
  reader: Reader,
): Promise<string | undefined> {
  if (remote.versions.length < 2) return undefined;
  const history = await reader.versions(remote.id);
  return history.map(tagsOf).find((tags) => isOurs(tags, desired))?.key;
}
