import type { RunEvent } from "../../commands/event.ts";
import { hasDrifted, overwrittenAgents } from "../../plan/agent-drift.ts";
import { hasChanges } from "../../plan/has-changes.ts";
import type { Plan } from "../../plan/plan.ts";
import { isRefused } from "../error-title.ts";
import { firstError, type RunError } from "../run-error.ts";
import { applySummary } from "../text/apply-summary.ts";
import { driftLine } from "../text/drift.ts";
import { briefPlanLine } from "../text/plan-line.ts";
import { savedPlanDoneText } from "../text/saved-plan-done.ts";
import { styled } from "../words/line.ts";
import type { PageCommand, PageData, Sum } from "./data.ts";

/** The result of a run in a sentence or two. */
export function verdictOf(
  events: readonly RunEvent[],
  plan: Plan | undefined,
  { command, errors }: { readonly command: PageCommand; readonly errors: readonly RunError[] },
): PageData["verdict"] {
  const error = firstError(errors);
  const summary = applySummary(events);
  if (summary.length > 0) return { tone: error === undefined ? "good" : "error", lines: summary };
  const done = events.find((event) => event.kind === "saved_plan_done");
  if (done !== undefined) return { tone: "good", lines: savedPlanDoneText(done) };
  const sum =
    plan === undefined ? [] : [command === "drift" ? driftLine(plan) : briefPlanLine(plan)];
  if (error !== undefined) {
    return {
      tone: "error",
      lines: [[styled("error", failureOf(command, events, errors))], ...sum],
    };
  }
  if (plan === undefined) return { tone: "plain", lines: [] };
  return { tone: toneOf(plan, command), lines: sum };
}

/** Counts of an apply that its verdict does not contain; none for a plan. */
export function sumsOf(events: readonly RunEvent[], errors: readonly RunError[]): readonly Sum[] {
  if (!events.some(({ kind }) => kind === "apply_started")) return [];
  const count = (...kinds: readonly RunEvent["kind"][]) =>
    events.filter(({ kind }) => kinds.includes(kind)).length;
  const end = events.find((event) => event.kind === "apply_finished");
  const isCounted = end?.released === true;
  const countsVersions = end !== undefined && count("revert_failed") === 0;
  const all: readonly (readonly [string, number])[] = [
    ["written", countsVersions ? 0 : count("agent_written")],
    ["moved", isCounted ? 0 : count("pointer_set")],
    ["deleted", isCounted ? 0 : count("agent_deleted")],
    ["failed", errors.filter(({ parts }) => parts[0]?.mark === "failed_step").length],
    ["reverted", count("reverted", "content_reverted")],
    ["duplicates deleted", count("duplicate_deleted")],
  ];
  return all.filter(([, times]) => times > 0).map(([name, times]) => ({ name, count: times }));
}

/** An apply without an end event was interrupted by force. */
function failureOf(
  command: PageCommand,
  events: readonly RunEvent[],
  errors: readonly RunError[],
): string {
  if (events.some(({ kind }) => kind === "apply_started")) {
    return "Failed. The apply ended unexpectedly; plan again to see what it did.";
  }
  if (isRefused(errors)) return command === "apply" ? "Refused: nothing was applied." : "Refused.";
  return command === "apply" ? "Not applied." : "Failed.";
}

function toneOf(plan: Plan, command: PageCommand): PageData["verdict"]["tone"] {
  if (command === "drift") return plan.agents.some(hasDrifted) ? "warning" : "good";
  if (!hasChanges(plan)) return "good";
  const isRisky =
    overwrittenAgents(plan).length > 0 || plan.agents.some(({ action }) => action === "delete");
  return isRisky ? "warning" : "plain";
}
