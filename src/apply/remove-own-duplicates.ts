import type { AgentId, AgentKey } from "../agent/identity.ts";
import { handsOffTo, type RemoteAgent } from "../agent/remote-agent.ts";
import type { Run } from "./run.ts";
import { failureOf } from "./step-error.ts";

/**
 * Deletes agents that this run created and that another run created first, together with the agents of this run that
 * hand off to them: none of them was released. The next apply uses the other run's agents. Returns whether all are
 * gone.
 */
export async function removeOwnDuplicates(run: Run): Promise<boolean> {
  if (run.ownDuplicates.size === 0) return true;
  try {
    const listed = await run.reader.agents();
    return await removeUnused(run, withCallers(run, listed), listed);
  } catch (error) {
    tellLeft(run, run.ownDuplicates, error);
    return false;
  }
}

/**
 * Deletes agents that are not in use: no other visible agent hands off to them, and they have no alias. The others are
 * left and reported. Returns whether all were deleted.
 */
export async function removeUnused(
  run: Run,
  duplicates: ReadonlyMap<AgentId, AgentKey>,
  listed: readonly RemoteAgent[],
): Promise<boolean> {
  let areGone = true;
  const stays = listed.filter(({ id }) => !duplicates.has(id));
  for (const [id, key] of duplicates) {
    try {
      const isUsed = stays.some((agent) => handsOffTo(agent, id));
      if (isUsed || (await run.reader.aliases(id)).length > 0) {
        run.emit({ kind: "duplicate_left", key, id, failure: undefined });
        areGone = false;
        continue;
      }
      await run.writer.remove(id);
      run.emit({ kind: "duplicate_deleted", key, id });
    } catch (error) {
      tellLeft(run, new Map([[id, key]]), error);
      areGone = false;
    }
  }
  return areGone;
}

function withCallers(run: Run, listed: readonly RemoteAgent[]): ReadonlyMap<AgentId, AgentKey> {
  const created = [...run.built.values()].filter(({ key }) => !run.plan.ids.has(key));
  const going = new Map(run.ownDuplicates);
  for (let before = -1; before !== going.size; ) {
    before = going.size;
    for (const { key, agent } of created) {
      const now = listed.find(({ id }) => id === agent.id);
      if (now !== undefined && [...going.keys()].some((id) => handsOffTo(now, id))) {
        going.set(agent.id, key);
      }
    }
  }
  return going;
}

function tellLeft(run: Run, left: ReadonlyMap<AgentId, AgentKey>, error: unknown): void {
  const failure = failureOf(error);
  for (const [id, key] of left) run.emit({ kind: "duplicate_left", key, id, failure });
}
