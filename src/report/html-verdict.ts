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
import { savedPlanDoneText } from "./saved-plan-done-text.ts";

/** What a run came to, in a sentence or two. */
export function verdictOf(
  events: readonly RunEvent[],
  plan: Plan | undefined,
  command: PageCommand,
): PageData["verdict"] {
  const error = runError(events);
  const summary = applySummary(events);
  if (summary.length > 0) return { tone: error === undefined ? "good" : "error", lines: summary };
  const done = events.find((event) => event.kind === "saved_plan_done");
  if (done !== undefined) return { tone: "good", lines: savedPlanDoneText(done) };
  const sum = plan === undefined ? [] : [command === "drift" ? driftLine(plan) : planLine(plan)];
  if (error !== undefined) {
    return {
      tone: "error",
      lines: [[styled("error", failureOf(error.code, command, events))], ...sum],
    };
  }
  if (plan === undefined) return { tone: "plain", lines: [] };
  return { tone: toneOf(plan, command), lines: sum };
}

/** The counts that are worth a look, which are those above zero: of what was done, else of what would be. */
export function sumsOf(
  events: readonly RunEvent[],
  plan: Plan | undefined,
  command: PageCommand,
): readonly Sum[] {
  if (plan === undefined) return [];
  if (events.some(({ kind }) => kind === "apply_started")) return doneSums(events);
  const drifted = plan.agents.filter(hasDrifted).length;
  const summary =
    command === "drift"
      ? { ...nothingPlanned, noop: plan.agents.length - drifted, drift: drifted }
      : summaryOf(plan);
  return counts(
    Object.entries(summary).map(([name, count]) => [names[name as keyof PlanSummary], count]),
  );
}

function doneSums(events: readonly RunEvent[]): readonly Sum[] {
  const count = (...kinds: readonly RunEvent["kind"][]) =>
    events.filter(({ kind }) => kinds.includes(kind)).length;
  return counts([
    ["written", count("agent_written")],
    ["moved", count("pointer_set")],
    ["deleted", count("agent_deleted")],
    ["failed", events.filter(({ kind }) => kind.endsWith("_failed")).length],
    ["put back", count("put_back", "content_put_back")],
    ["taken away again", count("twin_removed")],
  ]);
}

function counts(all: readonly (readonly [string, number])[]): readonly Sum[] {
  return all.filter(([, count]) => count > 0).map(([name, count]) => ({ name, count }));
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

/** Which of the errors are somebody's no is told by their code. An apply that has no end was torn out of its work. */
function failureOf(code: string, command: PageCommand, events: readonly RunEvent[]): string {
  if (events.some(({ kind }) => kind === "apply_started")) {
    return "Failed. The apply broke off; plan again to see how far it got.";
  }
  switch (code) {
    case "planned":
    case "drift_found":
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
