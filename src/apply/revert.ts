import type { AgentKey } from "../agent/identity.ts";
import type { RemoteAgent } from "../agent/remote-agent.ts";
import { tagsOf } from "../agent/tags.ts";
import type { StepFailure } from "./event.ts";
import { inParallel } from "./in-parallel.ts";
import { pointTo, readPointer } from "./pointer.ts";
import { restoreContent } from "./restore-content.ts";
import { restoreOrder } from "./restore-order.ts";
import { revertStep, stepsBack } from "./revert-step.ts";
import type { DoubtedWrite, MovedPointer, Run } from "./run.ts";
import { failureOf } from "./step-error.ts";

/**
 * After a failure: reverts aliases in reverse order, several at once, then the defaults of agents that got a new
 * version or were switched. A default stays if an alias of its agent could not be reverted; aliases are set forward
 * again if their default could not be reverted, so that both agree. A pointer that another writer has moved meanwhile
 * is left and reported. A step that fails is reported with its repair, and the others continue.
 */
export async function revertAll(run: Run): Promise<void> {
  const end = run.clock.now() + run.options.settleMs;
  const stuck = new Set<AgentKey>();
  const back: MovedPointer[] = [];
  const moved = run.moved.toReversed();
  const isDefault = ({ pointer }: MovedPointer) => pointer === "@default";
  const switched = moved.filter(isDefault).map((pointer) => [pointer]);
  const defaults = [...switched, ...[...run.built.values()].map(stepsBack)];
  const unread = await unreadDefaults(run, moved, defaults.flat());
  await each(run, moved, async (pointer) => {
    if (isDefault(pointer)) return;
    const failure = unread.get(pointer.key);
    if (failure !== undefined) stay(run, pointer, failure);
    if (failure === undefined && (await isReverted(run, pointer, end))) back.push(pointer);
    else stuck.add(pointer.key);
  });
  await each(run, defaults, async (steps) => {
    const left = steps.filter(({ key }) => !stuck.has(key));
    await revertDefault(run, left, back, end);
  });
  await each(run, [...run.doubted.values()], (write) => clearDoubt(run, write, end));
  const isBack = ({ key, pointer }: MovedPointer) => pointer !== "@default" && !stuck.has(key);
  if (run.options.timeLeft() > 0) await restoreOrder(run, moved.filter(isBack));
}

/**
 * Agents whose aliases and default both have to be reverted, and whose default cannot be read: their aliases stay. If
 * only the aliases were reverted, they would look like a rollback by hand, which the next apply must not undo.
 */
async function unreadDefaults(
  run: Run,
  moved: readonly MovedPointer[],
  defaults: readonly MovedPointer[],
): Promise<ReadonlyMap<AgentKey, StepFailure>> {
  const unread = new Map<AgentKey, StepFailure>();
  const withAliases = new Set(
    moved.filter(({ pointer }) => pointer !== "@default").map(({ key }) => key),
  );
  const both = defaults.filter(({ key }) => withAliases.has(key));
  await each(run, both, async ({ key, id }) => {
    if (run.options.timeLeft() <= 0) return;
    await run.reader.agent(id).catch((error: unknown) => unread.set(key, failureOf(error)));
  });
  return unread;
}

/**
 * Sets the aliases of an agent forward again if its default could not be reverted and there is time. If only the
 * aliases were reverted, they would look like a rollback by hand, and the next apply would stop.
 */
async function setForward(
  run: Run,
  aliases: readonly MovedPointer[],
  why: StepFailure,
): Promise<void> {
  for (const alias of aliases) {
    const { key, id, pointer, from, to } = alias;
    if (run.options.timeLeft() <= 0) return;
    const start = run.clock.now();
    try {
      const found = await readPointer(run, id, pointer);
      if (found !== from) continue;
      await pointTo(run, id, pointer, to);
      run.emit({ kind: "pointer_set", key, id, pointer, from, to, ms: run.clock.now() - start });
      stay(run, alias, why);
    } catch (error) {
      // It is where it was before this apply, as a revert promises.
      failureOf(error);
    }
  }
}

function stay(run: Run, { key, id, pointer, from }: MovedPointer, failure: StepFailure): void {
  run.emit({ kind: "revert_failed", key, id, pointer, to: from, failure });
}

/** Continues after a failure, so that everything that can be reverted is. */
async function each<Item>(
  run: Run,
  items: readonly Item[],
  act: (item: Item) => Promise<unknown>,
): Promise<void> {
  const always = () => true;
  await inParallel(items, run.options.parallelism, always, async (item) => {
    await act(item);
    return true;
  });
}

async function isReverted(run: Run, moved: MovedPointer, end: number): Promise<boolean> {
  const ended = await revertStep(run, moved, end);
  return ended.kind === "at" && ended.version === moved.from;
}

/** Reverts a default step by step, while it points to a version of this apply. */
async function revertDefault(
  run: Run,
  steps: readonly MovedPointer[],
  aliases: readonly MovedPointer[],
  end: number,
): Promise<void> {
  for (const [place, moved] of steps.entries()) {
    const ended = await revertStep(run, moved, end);
    if (ended.kind === "failed") {
      const back = aliases.filter(({ key }) => key === moved.key);
      return setForward(run, back, ended.failure);
    }
    const next = steps[place + 1];
    if (ended.version !== moved.from && ended.version !== next?.to) return;
  }
}

/**
 * A write with an unknown outcome may have moved a default, or changed an existing version: the release tag shows
 * whether it did.
 */
async function clearDoubt(run: Run, write: DoubtedWrite, end: number): Promise<void> {
  const { key, id, previous, from, isInPlace } = write;
  try {
    if (isInPlace) return await restoreContent(run, write);
    const now = await run.reader.agent(id);
    if (tagsOf(now)?.release !== run.options.release) return;
    // A version of an earlier write of this release is not the result of this one.
    if (now.version === from.version && !isOurVersion(run, from))
      return await restoreContent(run, write);
    if (previous === undefined) return;
    const moved = { key, id, pointer: "@default", from: previous, to: now.version } as const;
    await revertStep(run, moved, end);
  } catch (error) {
    const failure = failureOf(error);
    run.emit({ kind: "revert_failed", key, id, pointer: "@default", to: previous, failure });
  }
}

function isOurVersion(run: Run, from: RemoteAgent): boolean {
  return tagsOf(from)?.release === run.options.release;
}
