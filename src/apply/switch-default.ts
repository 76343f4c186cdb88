import { isApiError } from "../agent/api-error.ts";
import type { AgentId, AgentKey, Version } from "../agent/identity.ts";
import { newestVersion, type RemoteAgent } from "../agent/remote-agent.ts";
import type { MovedPointer, Run } from "./run.ts";
import { StepError } from "./step-error.ts";

/** A default that moves to another existing version. */
type Switch = {
  readonly key: AgentKey;
  readonly id: AgentId;
  readonly from: Version;
  readonly to: Version;
};

/**
 * Switches a default, unless it is already there, and records where a revert moves it back to. Throws if it points
 * elsewhere, or if another writer made a version between the last read and the switch: that version was the default
 * before the switch, so the default goes back to it.
 */
export async function switchDefault(run: Run, { key, id, from, to }: Switch): Promise<void> {
  const before = await run.reader.agent(id);
  if (before.version === to) return;
  if (before.version !== from) {
    throw new StepError({ kind: "pointer_moved", expected: from, found: before.version });
  }
  const moved: MovedPointer = { key, id, pointer: "@default", from, to };
  const at = run.moved.push(moved) - 1;
  const after = await switchTo(run, id, to);
  const theirs = newestVersion(after);
  if (theirs > newestVersion(before)) {
    run.moved[at] = { ...moved, from: theirs };
    throw new StepError({ kind: "interleaved", theirs, ours: to });
  }
  if (after.version !== to) {
    throw new StepError({ kind: "pointer_moved", expected: to, found: after.version });
  }
}

/** The agent after the switch. If the answer is lost, the agent is read. */
async function switchTo(run: Run, id: AgentId, to: Version): Promise<RemoteAgent> {
  try {
    return await run.writer.switchVersion(id, to);
  } catch (error) {
    if (!isApiError(error, "unavailable")) throw error;
    const found = await run.reader.agent(id).catch(() => undefined);
    if (found?.version !== to) throw error;
    return found;
  }
}
