import { isApiError } from "../agent/api-error.ts";
import { isList } from "../agent/json.ts";
import { newestVersion, type RemoteAgent } from "../agent/remote-agent.ts";
import type { Duplicate } from "../plan/duplicates.ts";
import { mayGoOn, type Run } from "./run.ts";
import { failureOf } from "./step-error.ts";

/**
 * Deletes the agents that interrupted applies left beside those that have their keys, after everything else. Each
 * is looked at once more: one that somebody has written since the plan, or uses by now, is left, and told. Tells
 * whether all are gone.
 */
export async function removeDuplicates(run: Run): Promise<boolean> {
  const { duplicates } = run.plan;
  if (duplicates.length === 0) return true;
  if (!mayGoOn(run)) return false;
  const { emit } = run;
  let areGone = true;
  for (const { key, remote } of duplicates) {
    const { id } = remote;
    try {
      if (await isUsed(run, remote, duplicates)) {
        emit({ kind: "duplicate_left", key, id, failure: undefined });
        areGone = false;
        continue;
      }
      await run.writer.remove(id);
      emit({ kind: "duplicate_deleted", key, id });
    } catch (error) {
      // Another apply may have been quicker.
      if (isApiError(error, "missing")) continue;
      emit({ kind: "duplicate_left", key, id, failure: failureOf(error) });
      areGone = false;
    }
  }
  return areGone;
}

async function isUsed(
  { reader }: Run,
  remote: RemoteAgent,
  duplicates: readonly Duplicate[],
): Promise<boolean> {
  const now = await reader.agent(remote.id);
  if (newestVersion(now) !== newestVersion(remote)) return true;
  if ((await reader.aliases(remote.id)).length > 0) return true;
  const going = new Set(duplicates.map(({ remote: each }) => each.id));
  const staying = (await reader.agents()).filter(({ id }) => !going.has(id));
  return staying.some(({ handoffs }) => isList(handoffs) && handoffs.includes(remote.id));
}
