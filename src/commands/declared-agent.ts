import type { DesiredProject } from "../agent/definition.ts";
import type { AgentKey } from "../agent/identity.ts";
import type { Reader } from "../agent/ports.ts";
import type { RemoteAgent } from "../agent/remote-agent.ts";
import { tagsOf } from "../agent/tags.ts";
import { formerKeys, type Identification, isOurs } from "../plan/identify.ts";

/** An agent of nobody that a key of the file may be meant for, which has no agent. */
export type DeclaredAgent = {
  readonly key: AgentKey;
  readonly remote: RemoteAgent;
  /** Its older versions carry the tags of this key, and those of no other agent do. Otherwise only its name speaks for it. */
  readonly isSure: boolean;
};

/**
 * The agents that keys of the file are meant for, though no tags say so any more: `forget` or an edit outside took
 * them away. Written down under another key, such an agent would no longer stop a plan that creates it a second time.
 */
export async function declaredAgents(
  desired: DesiredProject,
  { remoteOf }: Identification,
  agents: readonly RemoteAgent[],
  reader: Reader,
): Promise<readonly DeclaredAgent[]> {
  // An ephemeral environment knows its agents by tags alone.
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

/** The key of this project that an older version of an agent carries. */
async function formerKeyOf(
  remote: RemoteAgent,
  desired: DesiredProject,
  reader: Reader,
): Promise<string | undefined> {
  if (remote.versions.length < 2) return undefined;
  const history = await reader.versions(remote.id);
  return history.map(tagsOf).find((tags) => isOurs(tags, desired))?.key;
}
