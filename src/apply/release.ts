import type { Version } from "../agent/identity.ts";
import type { AliasMove } from "../plan/alias-move.ts";
import { inParallel } from "./in-parallel.ts";
import { type MovedPointer, pointAlias, readAlias } from "./pointer.ts";
import { idOf, type Run } from "./run.ts";
import { failureOf, StepError } from "./step-error.ts";

/** What a release came to: whether all aliases moved, and which may have to be put back, in order. */
export type Released = { readonly whole: boolean; readonly moved: readonly MovedPointer[] };

/**
 * Moves every alias of the plan, callees before callers. Each is read again before it is moved, because a
 * plan may be minutes old: one that stands elsewhere belongs to somebody else's release. Stops at the first
 * failure and undoes nothing itself.
 */
export async function release(run: Run): Promise<Released> {
  const moved: MovedPointer[] = [];
  const mayGoOn = () => run.options.stopped() === undefined;
  for (const wave of run.plan.releaseWaves) {
    const whole = await inParallel(wave, run.options.parallelism, mayGoOn, (move) =>
      step(run, move, moved),
    );
    if (!whole) return { whole, moved };
  }
  return { whole: true, moved };
}

async function step(run: Run, move: AliasMove, moved: MovedPointer[]): Promise<boolean> {
  const { key, alias, from } = move;
  const id = idOf(run, { key });
  const to = versionOf(run, move);
  const start = run.clock.now();
  try {
    if (!(await stands(run, move, to))) {
      moved.push({ key, id, pointer: alias, from, to });
      await pointAlias(run, id, alias, to);
    }
    const ms = run.clock.now() - start;
    run.emit({ kind: "alias_moved", key, id, alias, from, to, ms });
    return true;
  } catch (error) {
    run.emit({ kind: "move_failed", key, alias, failure: failureOf(error) });
    return false;
  }
}

/** Whether an alias is already where it should go. One that stands where nobody planned for is an error. */
async function stands(run: Run, move: AliasMove, to: Version | undefined): Promise<boolean> {
  if (isNew(run, move)) return false;
  const found = await readAlias(run, idOf(run, move), move.alias);
  if (found === to) return true;
  if (found === move.from) return false;
  throw new StepError({ kind: "pointer_moved", expected: move.from, found });
}

function isNew(run: Run, { key }: AliasMove): boolean {
  return !run.plan.ids.has(key);
}

function versionOf(run: Run, { key, to }: AliasMove): Version | undefined {
  switch (to.kind) {
    case "built": {
      const built = run.built.get(key);
      if (built === undefined) throw new Error(`alias of ${key} is moved before it is built`);
      return built.agent.version;
    }
    case "existing":
      return to.version;
    case "removed":
      return undefined;
  }
}
