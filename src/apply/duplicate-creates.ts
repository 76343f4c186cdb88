import type { AgentId, AgentKey } from "../agent/identity.ts";
import type { RemoteAgent } from "../agent/remote-agent.ts";
import { taggedKey, tagsOf } from "../agent/tags.ts";
import { isOlder, isOurs } from "../plan/identify.ts";
import { removeUnused } from "./remove-own-duplicates.ts";
import type { Run } from "./run.ts";

/**
 * Handles keys that exist twice although this run created them. If one of its own creates was taken for lost and
 * carried out later, that agent is deleted. If another run created the same keys at the same time, the run whose first
 * create is the oldest keeps all of them; if that is the other one, the agents of this run are recorded as duplicates.
 * Returns whether this run may continue.
 */
export async function resolveDuplicateCreates(
  run: Run,
  created: ReadonlyMap<AgentKey, AgentId>,
  listed: readonly RemoteAgent[],
): Promise<boolean> {
  const duplicates = listed.filter((agent) => isDuplicateCreate(run, created, agent));
  const own = duplicates.filter((agent) => isLateCreate(run, agent));
  await removeUnused(run, new Map(own.map((agent) => [agent.id, taggedKey(agent)])), listed);
  const rivals = duplicates.filter((agent) => tagsOf(agent)?.create !== run.options.nonce);
  if (rivals.every((rival) => beganBefore(run, rival, listed))) return true;
  for (const rival of rivals) {
    const key = taggedKey(rival);
    const mine = created.get(key);
    if (mine !== undefined) run.ownDuplicates.set(mine, key);
    run.supersededBy.push({ key, id: rival.id });
  }
  return false;
}

/** Another agent with the tags of one that this run has just created. */
function isDuplicateCreate(
  run: Run,
  created: ReadonlyMap<AgentKey, AgentId>,
  agent: RemoteAgent,
): boolean {
  const tags = tagsOf(agent);
  const mine = tags && isOurs(tags, run.plan.scope) ? created.get(taggedKey(agent)) : undefined;
  return mine !== undefined && mine !== agent.id;
}

/** Only a create that was sent twice can appear twice; any other agent is a copy that somebody made. */
function isLateCreate(run: Run, agent: RemoteAgent): boolean {
  const isSentTwice = run.sentTwice.has(taggedKey(agent));
  return isSentTwice && nonceOf(agent) === run.options.nonce && agent.versions.length === 1;
}

/** Whether the first agent that this run created is older than the first one of the other run. */
function beganBefore(run: Run, rival: RemoteAgent, listed: readonly RemoteAgent[]): boolean {
  const mine = [...run.built.values()]
    .filter(({ key }) => !run.plan.ids.has(key))
    .map(({ agent }) => agent);
  const theirs = listed.filter((agent) => nonceOf(agent) === nonceOf(rival));
  return mine.some((one) => theirs.every((other) => isOlder(one, other)));
}

function nonceOf(agent: RemoteAgent): string {
  return tagsOf(agent)?.create ?? "";
}
