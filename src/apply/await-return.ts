import { isApiError } from "../agent/api-error.ts";
import type { AgentId, Version } from "../agent/identity.ts";
import type { RemoteAgent } from "../agent/remote-agent.ts";
import { tagsOf } from "../agent/tags.ts";
import { isOurs } from "../plan/identify.ts";
import type { Run } from "./run.ts";

/** A default that this run set, and that stands on a version that another run has made since. */
type TakenDefault = {
  readonly id: AgentId;
  readonly to: Version;
  /** Where it stood at the last look. */
  readonly at: Version | undefined;
};

/**
 * Where a default stands once it has come back, or will not. Another run that writes an agent just after this one
 * fails as well, and puts the default back to where it stood: on the version of this run. If this run were gone by
 * then, the default would stay on a version that nobody releases. Not even an alias on its version says that the other
 * run gets through. Waits until `end` at most.
 */
export async function awaitReturn(
  run: Run,
  { id, to, at }: TakenDefault,
  end: number,
): Promise<Version | undefined> {
  for (let pause = 250; ; pause = Math.min(pause * 2, 2_000)) {
    const now = await lookAt(run, id);
    // It is somebody else's at any rate, as far as anybody could see.
    if (now === undefined) return at;
    const left = Math.min(end - run.clock.now(), run.options.timeLeft());
    if (now.version <= to || left <= 0) return now.version;
    if (!isOfAnotherRun(run, now)) return now.version;
    await run.clock.sleep(Math.min(pause, left));
  }
}

async function lookAt({ reader }: Run, id: AgentId): Promise<RemoteAgent | undefined> {
  try {
    return await reader.agent(id);
  } catch (error) {
    if (!isApiError(error)) throw error;
    return undefined;
  }
}

function isOfAnotherRun({ plan, options }: Run, version: RemoteAgent): boolean {
  const tags = tagsOf(version);
  return tags !== undefined && isOurs(tags, plan.scope) && tags.release !== options.release;
}
