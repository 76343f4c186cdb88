import type { Version } from "../agent/identity.ts";
import type { PointerMove } from "../plan/pointer-move.ts";
import { inParallel } from "./in-parallel.ts";
import { pointTo, readPointer } from "./pointer.ts";
import { idOf, mayGoOn, type Run } from "./run.ts";
import { failureOf, StepError } from "./step-error.ts";
import { switchDefault } from "./switch-default.ts";

/**
 * Moves every pointer of the plan, stage after stage and callees before callers. Each is read again before it
 * is moved, because a plan may be minutes old: one that stands elsewhere belongs to somebody else's release.
 * Stops at the first failure and undoes nothing itself: `run.moved` tells what there is to undo.
 */
export async function release(run: Run): Promise<boolean> {
  for (const wave of run.plan.releaseWaves) {
    const whole = await inParallel(
      wave,
      run.options.parallelism,
      () => mayGoOn(run),
      (move) => step(run, move),
    );
    if (!whole) return false;
  }
  return true;
}

async function step(run: Run, move: PointerMove): Promise<boolean> {
  const { key, pointer, from } = move;
  const id = idOf(run, { key });
  const to = versionOf(run, move);
  const start = run.clock.now();
  run.emit({ kind: "move_started", key, pointer, from, to });
  try {
    if (pointer === "@default") await switchDefault(run, { key, id, ...switchOf(move, to) });
    else if (!(await stands(run, move, to))) {
      run.moved.push({ key, id, pointer, from, to });
      await pointTo(run, id, pointer, to);
    }
    run.emit({ kind: "pointer_set", key, id, pointer, from, to, ms: run.clock.now() - start });
    return true;
  } catch (error) {
    run.emit({ kind: "move_failed", key, pointer, failure: failureOf(error) });
    return false;
  }
}

/** A default is only ever switched between versions that exist. */
function switchOf({ key, from }: PointerMove, to: Version | undefined) {
  if (from === undefined || to === undefined) throw new Error(`${key} has no default to switch`);
  return { from, to };
}

/** Whether a pointer is already where it should go. One that stands where nobody planned for is an error. */
async function stands(run: Run, move: PointerMove, to: Version | undefined): Promise<boolean> {
  if (isNew(run, move)) return false;
  const found = await readPointer(run, idOf(run, move), move.pointer);
  if (found === to) return true;
  if (found === move.from) return false;
  throw new StepError({ kind: "pointer_moved", expected: move.from, found });
}

function isNew(run: Run, { key }: PointerMove): boolean {
  return !run.plan.ids.has(key);
}

function versionOf(run: Run, { key, to }: PointerMove): Version | undefined {
  switch (to.kind) {
    case "built": {
      const built = run.built.get(key);
      if (built === undefined) throw new Error(`a pointer of ${key} is moved before it is built`);
      return built.agent.version;
    }
    case "existing":
      return to.version;
    case "removed":
      return undefined;
  }
}
