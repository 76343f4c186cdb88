import type { Difference } from "../agent/differences.ts";
import { isList, isObject, type Json, type JsonObject, sameJson } from "../agent/json.ts";
import type { AgentPlan, Note } from "./agent-plan.ts";

/** Remarks on the comparison of an agent with what it should be. */
export function comparisonNotes(
  found: readonly Difference[],
  current: JsonObject,
  target: JsonObject,
): readonly Note[] {
  const notes: Note[] = [];
  const toolsSettled = !found.some(({ path }) => path.startsWith("tools"));
  if (toolsSettled && reordered(current.tools, target.tools)) notes.push({ kind: "tool_order" });
  const temperature = found.find(({ path }) => path === "completion_args.temperature");
  if (temperature?.before === 0.3 && temperature.after === undefined) {
    notes.push({ kind: "legacy_temperature" });
  }
  return notes;
}

/** Adds a note where a plan sets a model that the server does not list. */
export function noteUnknownModel(
  plan: AgentPlan,
  models: readonly string[] | undefined,
): AgentPlan {
  if (models === undefined || !("changes" in plan) || plan.action === "reuse") return plan;
  const model = plan.changes.find(({ path }) => path === "model")?.after;
  if (typeof model !== "string" || models.includes(model)) return plan;
  return { ...plan, notes: [...plan.notes, { kind: "unknown_model", model }] };
}

function reordered(current: Json | undefined, target: Json | undefined): boolean {
  if (!isList(current) || !isList(target)) return false;
  const types = (tools: readonly Json[]) =>
    tools.map((tool) => (isObject(tool) ? (tool.type ?? null) : null));
  return !sameJson(types(current), types(target));
}
