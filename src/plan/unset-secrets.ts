import { agentTable } from "../agent/agent-table.ts";
import type { DesiredProject } from "../agent/definition.ts";
import type { JsonObject } from "../agent/json.ts";
import { secretReferences } from "../agent/secrets.ts";
import type { AgentPlan } from "./agent-plan.ts";
import type { Refusal } from "./refusal.ts";

/**
 * Adds a note to a plan that would send a secret whose environment variable is not set. It is no part of what
 * the plan does: the same plan can be applied where the variable is set.
 */
export function noteUnsetSecrets(
  plan: AgentPlan,
  unset: DesiredProject["unsetSecrets"],
): AgentPlan {
  const sent = unset.size === 0 ? undefined : sentMembers(plan);
  if (sent === undefined) return plan;
  const needed = secretReferences(agentTable, sent).flatMap((each) => unset.get(each) ?? []);
  if (needed.length === 0) return plan;
  const variables = [...new Set(needed)].sort();
  return { ...plan, notes: [...plan.notes, { kind: "unset_secrets", variables }] };
}

/** Why a plan cannot be carried out here: it would send secrets that are not set. */
export function unsetSecretRefusals(agents: readonly AgentPlan[]): readonly Refusal[] {
  return agents.flatMap(({ key, notes }) =>
    notes.flatMap((note): readonly Refusal[] =>
      note.kind === "unset_secrets"
        ? [{ kind: "secret_unset", key, variables: note.variables }]
        : [],
    ),
  );
}

function sentMembers(plan: AgentPlan): JsonObject | undefined {
  switch (plan.action) {
    case "create":
      return plan.definition;
    case "update":
    case "rename":
      return plan.target;
    case "reuse":
    case "noop":
    case "adopt":
    case "delete":
    case "orphan":
    case "forget":
      return undefined;
  }
}
