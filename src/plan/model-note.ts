import type { AgentPlan } from "./agent-plan.ts";

/** Adds a note where a plan sets a model that the server does not list. */
export function noteUnknownModel(
  plan: AgentPlan,
  models: readonly string[] | undefined,
): AgentPlan {
  if (models === undefined || (plan.action !== "create" && plan.action !== "update")) return plan;
  const model = plan.changes.find(({ path }) => path === "model")?.after;
  if (typeof model !== "string" || models.includes(model)) return plan;
  return { ...plan, notes: [...plan.notes, { kind: "unknown_model", model }] };
}
