import { isApiError } from "../agent/api-error.ts";
import type { AgentId, Version } from "../agent/identity.ts";
import type { RemoteAgent } from "../agent/remote-agent.ts";
import { tagsOf } from "../agent/tags.ts";
import { isOurs } from "../plan/identify.ts";
import type { Run } from "./run.ts";

/** A default that this run set, and that another writer has moved since. */
type TakenDefault = {
  readonly id: AgentId;
  readonly to: Version;
  /** Its version at the last read. */
  readonly at: Version | undefined;
};

/** How long to wait, and whether a default may come back from a version of another run. */
type Wait = {
  readonly left: () => number;
  readonly mayReturnFrom: (version: Version) => boolean;
};

/**
 * Waits until a default has come back to this run's version, or will not, and gives its version. Another run that
 * writes or switches an agent just after this one fails too, and moves the default back to the version of this run. If
 * this run ended before that, the default would stay on a version that no run releases. Even an alias on its version
 * does not mean that the other run succeeds. Does not wait for an edit in the console.
 */
export async function awaitReturn(
  run: Run,
  { id, to, at }: TakenDefault,
  { left, mayReturnFrom }: Wait,
): Promise<Version | undefined> {
  for (let pause = 250; ; pause = Math.min(pause * 2, 2_000)) {
    const now = await lookAt(run, id);
    // As far as is known, the default belongs to another writer.
    if (now === undefined) return at;
    const mayReturn = now.version !== to && mayReturnFrom(now.version) && isOfAnotherRun(run, now);
    if (!mayReturn || left() <= 0) return now.version;
    await run.clock.sleep(Math.min(pause, left()));
  }
}

/** How long a reverting run waits, at most until `end`, even if it was asked to stop. */
export function timeLeftUntil({ clock, options }: Run, end: number): number {
  return Math.min(end - clock.now(), options.timeLeft());
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
