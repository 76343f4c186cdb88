import type { AgentId, AgentKey, Version } from "../agent/identity.ts";
import { awaitReturn, timeLeftUntil } from "./await-return.ts";
import { inParallel } from "./in-parallel.ts";
import { readPointer } from "./pointer.ts";
import { mayGoOn, type Run } from "./run.ts";
import { failureOf, StepError } from "./step-error.ts";

/** An agent and the version for callers who name none. */
type Released = { readonly key: AgentKey; readonly id: AgentId; readonly version: Version };

/**
 * Reads every default that this release set, or moved an alias to, after all pointers are moved, because another writer
 * may have moved one since. If a later run did, it may notice the version of this run, fail, and move the default back:
 * the run that wrote first waits for that and succeeds, so that not all of several runs fail. Returns whether all
 * defaults are right.
 */
export async function confirmDefaults(run: Run): Promise<boolean> {
  const end = run.clock.now() + run.options.settleMs;
  return inParallel(
    releasedVersions(run),
    run.options.parallelism,
    () => mayGoOn(run),
    (released) => confirm(run, released, end),
  );
}

function releasedVersions({ plan, built, moves }: Run): readonly Released[] {
  return plan.agents.flatMap((agent): Released[] => {
    const { key } = agent;
    const made = built.get(key)?.agent;
    if (made !== undefined) return [{ key, id: made.id, version: made.version }];
    if (agent.action === "reuse") return [{ key, id: agent.id, version: agent.version }];
    if (agent.action !== "noop" && agent.action !== "adopt") return [];
    const { id, version } = agent.remote;
    const isFollowed = moves.get(key)?.some(({ isLatest }) => isLatest);
    return isFollowed ? [{ key, id, version }] : [];
  });
}

async function confirm(
  run: Run,
  { key, id, version: expected }: Released,
  end: number,
): Promise<boolean> {
  const left = () => (mayGoOn(run) ? timeLeftUntil(run, end) : 0);
  // An older version means that the default was switched, perhaps by a rollback: that is not awaited.
  const mayReturnFrom = (version: Version) => version > expected;
  try {
    const at = await readPointer(run, id, "@default");
    if (at === expected) return true;
    const found = await awaitReturn(run, { id, to: expected, at }, { left, mayReturnFrom });
    if (found === expected) return true;
    throw new StepError({ kind: "pointer_moved", expected, found });
  } catch (error) {
    run.emit({ kind: "move_failed", key, pointer: "@default", failure: failureOf(error) });
    return false;
  }
}
