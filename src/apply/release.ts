import type { AliasName, Version } from "../agent/identity.ts";
import type { PointerMove } from "../plan/pointer-move.ts";
import { inParallel } from "./in-parallel.ts";
import { pointTo, readAlias } from "./pointer.ts";
import { isLeftByDefault } from "./restore-order.ts";
import { idOf, mayGoOn, type Run } from "./run.ts";
import { failureOf, StepError } from "./step-error.ts";
import { switchDefault } from "./switch-default.ts";

/**
 * Moves every pointer of the plan, stage by stage and callees before callers. Each is read again before its move,
 * because a plan may be minutes old: a pointer that was moved elsewhere belongs to another release. Stops at the first
 * failure and reverts nothing itself: `run.moved` lists what to revert.
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
    else await moveAlias(run, move, pointer, to);
    run.emit({ kind: "pointer_set", key, id, pointer, from, to, ms: run.clock.now() - start });
    return true;
  } catch (error) {
    run.emit({ kind: "move_failed", key, pointer, failure: failureOf(error) });
    return false;
  }
}

/** A default is switched only between existing versions. */
function switchOf({ key, from }: PointerMove, to: Version | undefined) {
  if (from === undefined || to === undefined) throw new Error(`${key} has no default to switch`);
  return { from, to };
}

/** Moves an alias, unless it is already there. An alias at an unexpected version is an error. */
async function moveAlias(
  run: Run,
  move: PointerMove,
  pointer: AliasName,
  to: Version | undefined,
): Promise<void> {
  const { key, from } = move;
  const id = idOf(run, { key });
  const standing = isNew(run, move) ? undefined : await readAlias(run, id, pointer);
  const found = standing?.version;
  if (!isNew(run, move) && found === to) return;
  if (found !== from) throw new StepError({ kind: "pointer_moved", expected: from, found });
  const plan = run.plan.agents.find((each) => each.key === key);
  const remote = plan === undefined || plan.action === "create" ? undefined : plan.remote;
  const leftByDefault = standing !== undefined && isLeftByDefault(remote, standing);
  run.moved.push({ key, id, pointer, from, to, leftByDefault });
  await pointTo(run, id, pointer, to);
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
