import type { RunEvent } from "../commands/event.ts";
import { changesSomething, overwritten } from "../plan/consequences.ts";
import { hasDrifted } from "../plan/deed.ts";
import type { Plan } from "../plan/plan.ts";
import { applySummary } from "./apply-summary.ts";
import { driftLine } from "./drift-text.ts";
import type { PageCommand, PageData, Sum } from "./html-data.ts";
import { styled } from "./line.ts";
import { nothingPlanned, type PlanSummary, summaryOf } from "./plan-summary.ts";
import { planLine } from "./plan-text.ts";
import { runError } from "./run-error.ts";

/** What a run came to, in a sentence or two. */
export function verdictOf(
  events: readonly RunEvent[],
  plan: Plan | undefined,
  command: PageCommand,
): PageData["verdict"] {
  const error = runError(events);
  const summary = applySummary(events);
  if (summary.length > 0) return { tone: error === undefined ? "good" : "error", lines: summary };
  const sum = plan === undefined ? [] : [command === "drift" ? driftLine(plan) : planLine(plan)];
  if (error !== undefined) {
    return { tone: "error", lines: [[styled("error", failureOf(error.code, command))], ...sum] };
  }
  if (plan === undefined) return { tone: "plain", lines: [] };
  return { tone: toneOf(plan, command), lines: sum };
}

/** The counts of a plan that are worth a look: those above zero. */
export function sumsOf(plan: Plan | undefined, command: PageCommand): readonly Sum[] {
  if (plan === undefined) return [];
  const settled = plan.agents.length - plan.agents.filter(hasDrifted).length;
  const summary = command === "drift" ? { ...nothingPlanned, noop: settled } : summaryOf(plan);
  const drift = command === "drift" ? plan.agents.length - settled : summary.drift;
  return Object.entries({ ...summary, drift })
    .filter(([, count]) => count > 0)
    .map(([name, count]) => ({ name: names[name as keyof PlanSummary], count }));
}

const names: { readonly [Name in keyof PlanSummary]: string } = {
  create: "to create",
  update: "to update",
  reuse: "to reuse",
  adopt: "to adopt",
  move: "to move",
  forget: "to forget",
  delete: "to delete",
  noop: "unchanged",
  orphan: "no longer in the file",
  alias_set: "aliases to set",
  alias_remove: "aliases to remove",
  versions_to_create: "new versions",
  drift: "changed outside",
  conflict: "in conflict",
};

function failureOf(code: string, command: PageCommand): string {
  switch (code) {
    case "planned":
    case "refused":
    case "drift_refused":
    case "plan_outdated":
    case "commit_outdated":
      return command === "apply" ? "Refused: nothing was applied." : "Refused.";
    default:
      return command === "apply" ? "Not applied." : "Failed.";
  }
}

function toneOf(plan: Plan, command: PageCommand): PageData["verdict"]["tone"] {
  if (command === "drift") return plan.agents.some(hasDrifted) ? "warning" : "good";
  if (!changesSomething(plan)) return "good";
  const isRisky =
    overwritten(plan).length > 0 || plan.agents.some(({ action }) => action === "delete");
  return isRisky ? "warning" : "plain";
}
