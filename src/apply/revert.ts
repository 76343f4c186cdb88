import type { AgentKey } from "../agent/identity.ts";
import type { RemoteAgent } from "../agent/remote-agent.ts";
import { tagsOf } from "../agent/tags.ts";
import type { StepFailure } from "./event.ts";
import { inParallel } from "./in-parallel.ts";
import { revertPointer } from "./pointer.ts";
import { restoreContent } from "./restore-content.ts";
import { restoreOrder } from "./restore-order.ts";
import type { DoubtedWrite, MovedPointer, Run } from "./run.ts";
import { failureOf, StepError } from "./step-error.ts";

/**
 * After a failure: aliases go back in reverse order, as many at once as allowed, then the defaults of agents
 * that got a new version or were switched. A default stays when an alias of its agent did not go back, so
 * that both tell the same story. A pointer that somebody else has taken meanwhile is left to them, and told. What
 * does not work is told with the repair, and the rest goes on.
 */
export async function revertAll(run: Run): Promise<void> {
  const end = run.clock.now() + run.options.settleMs;
  const stuck = new Set<AgentKey>();
  const moved = run.moved.toReversed();
  const isDefault = ({ pointer }: MovedPointer) => pointer === "@default";
  const defaults = [...moved.filter(isDefault), ...builtDefaults(run)];
  const unread = await unreadDefaults(run, moved, defaults);
  await each(run, moved, async (pointer) => {
    if (isDefault(pointer)) return;
    const failure = unread.get(pointer.key);
    if (failure !== undefined) stay(run, pointer, failure);
    if (failure !== undefined || !(await step(run, pointer, end))) stuck.add(pointer.key);
  });
  await each(run, defaults, async (pointer) => {
    if (!stuck.has(pointer.key)) await step(run, pointer, end);
  });
  await each(run, [...run.doubted.values()], (write) => clearDoubt(run, write, end));
  const isBack = ({ key, pointer }: MovedPointer) => pointer !== "@default" && !stuck.has(key);
  if (run.options.timeLeft() > 0) await restoreOrder(run, moved.filter(isBack));
}

/**
 * Agents whose aliases and default both have to go back, and whose default cannot be read: their aliases stay. Aliases that
 * went back alone would look like a rollback by hand, which the next apply must not undo.
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

function stay(run: Run, { key, id, pointer, from }: MovedPointer, failure: StepFailure): void {
  run.emit({ kind: "revert_failed", key, id, pointer, to: from, failure });
}

/** Goes on whatever becomes of one: what can be reverted is. */
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

/** The defaults that moved because a new version was written. New agents have nowhere to go back to. */
function builtDefaults(run: Run): readonly MovedPointer[] {
  return [...run.built.values()].flatMap(({ key, agent, previous }): MovedPointer[] =>
    previous === undefined
      ? []
      : [{ key, id: agent.id, pointer: "@default", from: previous, to: agent.version }],
  );
}

async function step(run: Run, moved: MovedPointer, end: number): Promise<boolean> {
  const { key, id, pointer, from } = moved;
  run.emit({ kind: "move_started", key, pointer, from: moved.to, to: from });
  try {
    if (run.options.timeLeft() <= 0) throw new StepError({ kind: "out_of_time" });
    const outcome = await revertPointer(run, moved, end);
    switch (outcome.kind) {
      case "reverted":
        run.emit({ kind: "reverted", key, id, pointer, to: from });
        return true;
      case "untouched":
        return true;
      case "left_to_others": {
        const { found } = outcome;
        run.emit({ kind: "pointer_taken", key, id, pointer, expected: moved.to, found });
        return false;
      }
    }
  } catch (error) {
    const failure = failureOf(error);
    run.emit({ kind: "revert_failed", key, id, pointer, to: from, failure });
    return false;
  }
}

/**
 * A write of which nobody knows whether it was done may have moved a default, or changed the version there was: its
 * release tag tells.
 */
async function clearDoubt(run: Run, write: DoubtedWrite, end: number): Promise<void> {
  const { key, id, previous, from, isInPlace } = write;
  try {
    if (isInPlace) return await restoreContent(run, write);
    const now = await run.reader.agent(id);
    if (tagsOf(now)?.release !== run.options.release) return;
    // What an earlier write of this release made is that write's own.
    if (now.version === from.version && !isOurVersion(run, from))
      return await restoreContent(run, write);
    if (previous === undefined) return;
    const moved = { key, id, pointer: "@default", from: previous, to: now.version } as const;
    await step(run, moved, end);
  } catch (error) {
    const failure = failureOf(error);
    run.emit({ kind: "revert_failed", key, id, pointer: "@default", to: previous, failure });
  }
}

function isOurVersion(run: Run, from: RemoteAgent): boolean {
  return tagsOf(from)?.release === run.options.release;
}
