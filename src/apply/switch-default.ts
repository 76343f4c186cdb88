import { isApiError } from "../agent/api-error.ts";
import type { AgentId, AgentKey, Version } from "../agent/identity.ts";
import { newestVersion, type RemoteAgent } from "../agent/remote-agent.ts";
import type { MovedPointer, Run } from "./run.ts";
import { StepError } from "./step-error.ts";

/** A default that is to move from one version to another one that exists. */
type Switch = {
  readonly key: AgentKey;
  readonly id: AgentId;
  readonly from: Version;
  readonly to: Version;
};

/**
 * Switches a default, unless somebody else did it already, and notes where it goes back to. Throws where it
 * stands elsewhere, and where somebody wrote a version between the last look at it and the switch: that
 * version was the default when it was moved, so it goes back there.
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

/** The agent as the switch left it. Where no answer comes, the agent itself is looked at. */
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
