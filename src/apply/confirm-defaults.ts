import type { AgentId, AgentKey, Version } from "../agent/identity.ts";
import { inParallel } from "./in-parallel.ts";
import { readPointer } from "./pointer.ts";
import { mayGoOn, type Run } from "./run.ts";
import { failureOf, StepError } from "./step-error.ts";

/** An agent and the version that callers who name none are to get. */
type Released = { readonly key: AgentKey; readonly id: AgentId; readonly version: Version };

/**
 * Looks once at every default that this release set, or moved an alias to, now that all pointers are moved: another
 * run, or a person, may have moved one on while this run was still busy with others. Tells whether all stand where
 * they should.
 */
export async function confirmDefaults(run: Run): Promise<boolean> {
  return inParallel(
    releasedVersions(run),
    run.options.parallelism,
    () => mayGoOn(run),
    (released) => confirm(run, released),
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

async function confirm(run: Run, { key, id, version: expected }: Released): Promise<boolean> {
  try {
    const found = await readPointer(run, id, "@default");
    if (found === expected) return true;
    throw new StepError({ kind: "pointer_moved", expected, found });
  } catch (error) {
    run.emit({ kind: "move_failed", key, pointer: "@default", failure: failureOf(error) });
    return false;
  }
}
