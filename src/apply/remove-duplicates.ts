import { isApiError } from "../agent/api-error.ts";
import type { AgentId } from "../agent/identity.ts";
import { handsOffTo, newestVersion, type RemoteAgent } from "../agent/remote-agent.ts";
import type { Duplicate } from "../plan/duplicates.ts";
import { inWaves } from "../plan/waves.ts";
import type { StepFailure } from "./event.ts";
import { mayGoOn, type Run } from "./run.ts";
import { failureOf } from "./step-error.ts";

/**
 * Deletes the duplicates that interrupted applies left, after everything else. A duplicate that was written since the
 * plan, or is in use by now, is left and reported, and so is every duplicate that it hands off to. Returns whether all
 * are gone.
 */
export async function removeDuplicates(run: Run): Promise<boolean> {
  const { duplicates } = run.plan;
  if (duplicates.length === 0) return true;
  if (!mayGoOn(run)) return false;
  const left = new Set<AgentId>();
  const leave = ({ key, remote: { id } }: Duplicate, failure?: StepFailure) => {
    left.add(id);
    run.emit({ kind: "duplicate_left", key, id, failure });
  };
  // In a cycle no caller can go first, so all are checked before any is deleted.
  const used = await usedDuplicates(run);
  for (const each of callersFirst(duplicates)) {
    const { id } = each.remote;
    try {
      if (used.has(id) || (await isUsed(run, each.remote, left))) {
        leave(each);
        continue;
      }
      await run.writer.remove(id);
      run.emit({ kind: "duplicate_deleted", key: each.key, id });
    } catch (error) {
      // Another apply may have been faster.
      if (!isApiError(error, "missing")) leave(each, failureOf(error));
    }
  }
  return left.size === 0;
}

/** So that a duplicate that cannot be deleted never hands off to a deleted agent. */
function callersFirst(duplicates: readonly Duplicate[]): readonly Duplicate[] {
  const callees = ({ remote }: Duplicate) =>
    duplicates.filter((each) => handsOffTo(remote, each.remote.id));
  return inWaves(new Map(duplicates.map((each) => [each, callees(each)])))
    .toReversed()
    .flat();
}

/** The duplicates that are in use now, and those that they hand off to. What cannot be read is checked again later. */
async function usedDuplicates(run: Run): Promise<ReadonlySet<AgentId>> {
  const { duplicates } = run.plan;
  const used = new Set<AgentId>();
  for (const { remote } of duplicates) {
    try {
      if (await isTouched(run, remote)) used.add(remote.id);
    } catch (error) {
      failureOf(error);
    }
  }
  for (const id of used) {
    const caller = duplicates.find(({ remote }) => remote.id === id)?.remote;
    for (const { remote } of duplicates) {
      if (caller !== undefined && handsOffTo(caller, remote.id)) used.add(remote.id);
    }
  }
  return used;
}

async function isUsed(run: Run, remote: RemoteAgent, left: ReadonlySet<AgentId>): Promise<boolean> {
  if (await isTouched(run, remote)) return true;
  const going = new Set(run.plan.duplicates.map((each) => each.remote.id));
  const staying = (await run.reader.agents()).filter(({ id }) => !going.has(id) || left.has(id));
  return staying.some((agent) => handsOffTo(agent, remote.id));
}

/** Whether an agent was written since the plan, or has an alias. */
async function isTouched({ reader }: Run, remote: RemoteAgent): Promise<boolean> {
  const now = await reader.agent(remote.id);
  if (newestVersion(now) !== newestVersion(remote)) return true;
  return (await reader.aliases(remote.id)).length > 0;
}
