import { type DesiredAgent, type DesiredProject, handoffsOf } from "../agent/definition.ts";
import type { AgentKey } from "../agent/identity.ts";
import type { Identification } from "./identify.ts";
import type { Refusal } from "./refusal.ts";

/** The agents a plan is made for, and whether those are all. */
export type Selection = {
  readonly agents: readonly DesiredAgent[];
  readonly complete: boolean;
  readonly refusals: readonly Refusal[];
};

/**
 * Narrows a configuration to the keys named by `--only`. An agent that does not exist yet and is handed off
 * to by a selected one must be selected too: there is no id to write otherwise.
 */
export function selectOnly(
  { agents }: DesiredProject,
  { remoteOf }: Identification,
  only: readonly string[],
): Selection {
  if (only.length === 0) return { agents, complete: true, refusals: [] };
  const wanted = new Set(only);
  const known = agents.map((agent) => agent.key);
  const selected = agents.filter((agent) => wanted.has(agent.key));
  const unknown = [...wanted].filter((key) => !known.includes(key as AgentKey));
  const isMissing = (key: AgentKey) => !wanted.has(key) && !remoteOf.has(key);
  return {
    agents: selected,
    complete: false,
    refusals: [
      ...unknown.map((key): Refusal => ({ kind: "unknown_key", flag: "only", key, known })),
      ...selected.flatMap(({ key, definition }): Refusal[] => {
        const needs = handoffsOf(definition).flatMap((ref) =>
          "key" in ref && isMissing(ref.key) ? [ref.key] : [],
        );
        return needs.length > 0 ? [{ kind: "needs_create", key, needs }] : [];
      }),
    ],
  };
}
