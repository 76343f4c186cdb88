import { type DesiredProject, handoffsOf } from "../agent/definition.ts";
import type { AgentPlan, Note } from "./agent-plan.ts";
import type { Identification } from "./identify.ts";

/** In an ephemeral environment: adds what of the file does not count there, and handoffs that lead out of it. */
export function noteEphemeral(
  plan: AgentPlan,
  { isEphemeral, agents }: DesiredProject,
  { remoteOf }: Identification,
): AgentPlan {
  const agent = isEphemeral ? agents.find(({ key }) => key === plan.key) : undefined;
  if (agent === undefined) return plan;
  const inside = new Set([...remoteOf.values()].map(({ id }) => id));
  const ids = handoffsOf(agent.definition).flatMap((ref) =>
    "id" in ref && !inside.has(ref.id) ? [ref.id] : [],
  );
  const { ignoredHere: paths = [] } = agent;
  const notes: readonly Note[] = [
    ...(paths.length === 0 ? [] : [{ kind: "ignored_when_ephemeral", paths } as const]),
    ...(ids.length === 0 ? [] : [{ kind: "leads_outside", ids } as const]),
  ];
  return notes.length === 0 ? plan : { ...plan, notes: [...plan.notes, ...notes] };
}
