import type { AgentKey } from "../agent/identity.ts";
import { inParallel } from "./in-parallel.ts";
import { type MovedPointer, putBack } from "./pointer.ts";
import type { Run } from "./run.ts";
import { failureOf, StepError } from "./step-error.ts";

/**
 * After a failure: aliases go back in reverse order, as many at once as allowed, then the default versions of agents that were updated.
 * A default stays when an alias of its agent did not go back, so that both tell the same story.
 * What does not work is reported with the repair, and the rest goes on.
 */
export async function putAllBack(run: Run, movedAliases: readonly MovedPointer[]): Promise<void> {
  const stuck = new Set<AgentKey>();
  await eachInTurn(run, movedAliases.toReversed(), async (moved) => {
    if (!(await step(run, moved))) stuck.add(moved.key);
  });
  const defaults = movedDefaults(run).filter(({ key }) => !stuck.has(key));
  await eachInTurn(run, defaults, (moved) => step(run, moved));
}

/** Goes on whatever becomes of one: what can be put back is. */
async function eachInTurn(
  run: Run,
  pointers: readonly MovedPointer[],
  act: (moved: MovedPointer) => Promise<unknown>,
): Promise<void> {
  const always = () => true;
  await inParallel(pointers, run.options.parallelism, always, async (moved) => {
    await act(moved);
    return true;
  });
}

/** The default versions that moved because a new version was written. New agents have nowhere to go back to. */
function movedDefaults(run: Run): readonly MovedPointer[] {
  return [...run.built.values()].flatMap(({ key, agent, previous }): MovedPointer[] =>
    previous === undefined
      ? []
      : [{ key, id: agent.id, pointer: "@default", from: previous, to: agent.version }],
  );
}

async function step(run: Run, moved: MovedPointer): Promise<boolean> {
  const { key, id, pointer, from } = moved;
  try {
    if (run.options.timeLeft() <= 0) throw new StepError({ kind: "out_of_time" });
    const outcome = await putBack(run, moved);
    if (outcome === "put_back") run.emit({ kind: "put_back", key, id, pointer, to: from });
    return outcome !== "left_to_others";
  } catch (error) {
    const failure = failureOf(error);
    run.emit({ kind: "put_back_failed", key, id, pointer, to: from, failure });
    return false;
  }
}
