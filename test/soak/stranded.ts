import type { StoredAgent } from "../../src/emulator/agent-state.ts";
import type { Passage } from "./pointers.ts";
import { isOurs, keyIn } from "./sight.ts";
import type { Ended } from "./stage.ts";

/**
 * Defaults that stand on a version that no run released, although one run says that all is done: what several
 * runs at once must not leave. Only for agents that were there before; a new one has nowhere to go back to. Where
 * somebody took an alias of the agent from a run that goes back, its default stays beside it, and the run says so.
 */
export function strandedDefaults({ before, after, ended }: Passage): readonly string[] {
  const runs = [ended, ...ended.rivals];
  if (ended.rivals.length === 0 || runs.every(({ code }) => code !== 0)) return [];
  const done = runs.filter(hasReleased);
  return after.filter(isOurs).flatMap((agent) => {
    const was = before.find(({ id }) => id === agent.id);
    if (was === undefined || was.version === agent.version) return [];
    if (runs.some((run) => isAliasTaken(run, agent))) return [];
    return done.some((run) => releasedBy(run, agent))
      ? []
      : [`the default of ${keyIn(agent)} stands on ${agent.version}, which nobody released`];
  });
}

/** One that could not delete has released all the same. */
function hasReleased({ events }: Ended): boolean {
  return events.some((event) => event.kind === "apply_finished" && event.released);
}

/** Whether a run built, or used again, the version that an agent's default stands on. */
function releasedBy({ events }: Ended, { id, version }: StoredAgent): boolean {
  return events.some(
    (event) =>
      (event.kind === "agent_written" || event.kind === "version_verified") &&
      event.id === id &&
      event.version === version,
  );
}

function isAliasTaken({ events }: Ended, { id }: StoredAgent): boolean {
  return events.some(
    (event) => event.kind === "pointer_taken" && event.id === id && event.pointer !== "@default",
  );
}
