import type { AgentKey } from "../agent/identity.ts";
import { type MovedPointer, putBack } from "./pointer.ts";
import type { Run } from "./run.ts";
import { failureOf } from "./step-error.ts";

/**
 * After a failure: aliases go back in reverse order, then the default versions of agents that were updated.
 * A default stays when an alias of its agent did not go back, so that both tell the same story.
 * What does not work is reported with the repair, and the rest goes on.
 */
export async function putAllBack(run: Run, movedAliases: readonly MovedPointer[]): Promise<void> {
  const stuck = new Set<AgentKey>();
  for (const moved of movedAliases.toReversed()) {
    if (!(await step(run, moved))) stuck.add(moved.key);
  }
  const defaults = movedDefaults(run).filter(({ key }) => !stuck.has(key));
  await Promise.all(defaults.map((moved) => step(run, moved)));
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
    const outcome = await putBack(run, moved);
    if (outcome === "put_back") run.emit({ kind: "put_back", key, id, pointer, to: from });
    return outcome !== "left_to_others";
  } catch (error) {
    const failure = failureOf(error);
    run.emit({ kind: "put_back_failed", key, id, pointer, to: from, failure });
    return false;
  }
}
