import type { BoundProject } from "../agent/definition.ts";
import type { Reader } from "../agent/ports.ts";
import type { Emit } from "./event.ts";
import { readAliasesOf, readOwnAgents } from "./read-fleet.ts";

/** `agentvane show`: shows the project's agents on the server, or one of them. */
export async function runShow(
  desired: BoundProject,
  reader: Reader,
  key: string | undefined,
  emit: Emit,
): Promise<void> {
  const ours = await readOwnAgents(desired, reader);
  const chosen = key === undefined ? ours : ours.filter((own) => own.key === key);
  if (key !== undefined && chosen.length === 0) {
    return emit({ kind: "not_found", key, known: ours.map((own) => own.key) });
  }
  const fleet = await readAliasesOf(chosen, reader);
  const agents = fleet.map(({ remote, ...each }) => ({ ...each, agent: remote }));
  const { project, environment } = desired;
  emit({ kind: "shown", project, environment, agents });
}
