import type { RunEvent } from "../../commands/event.ts";
import { hasConflict, hasDrifted, overwrittenAgents } from "../../plan/agent-drift.ts";
import type { AgentPlan } from "../../plan/agent-plan.ts";
import { hasChanges } from "../../plan/has-changes.ts";
import type { Plan } from "../../plan/plan.ts";
import { isRefused } from "../error-title.ts";
import { firstError, type RunError } from "../run-error.ts";
import { counted } from "../safe/truncate.ts";
import { applySummary } from "../text/apply-summary.ts";
import { driftLine } from "../text/drift.ts";
import { briefPlanLine } from "../text/plan-line.ts";
import { savedPlanDoneText } from "../text/saved-plan-done.ts";
import { overwritingOf } from "../words/overwriting.ts";
import { isRemodelled } from "../words/plan-risks.ts";
import { isDeleted } from "./dangers.ts";
import type { MarkdownKind } from "./marker.ts";
import { leadSentence } from "./sentence.ts";

/** The result of a run in a sentence or two, with all counts. */
export function verdictText(
  events: readonly RunEvent[],
  plan: Plan | undefined,
  { kind, errors }: { readonly kind: MarkdownKind; readonly errors: readonly RunError[] },
): string {
  const error = firstError(errors);
  const summary = applySummary(events);
  if (summary.length > 0) {
    return `${error === undefined ? "✅" : "❌"} ${summary.map(leadSentence).join(" ")}`;
  }
  const done = events.find((event) => event.kind === "saved_plan_done");
  if (done !== undefined) return `✅ ${savedPlanDoneText(done).map(leadSentence).join(" ")}`;
  const sum =
    plan === undefined
      ? ""
      : leadSentence(kind === "drift" ? driftLine(plan) : briefPlanLine(plan));
  if (error !== undefined) {
    const hasBegun = events.some((event) => event.kind === "apply_started");
    const whatOf = hasBegun ? brokenOff : kind === "apply" ? " Nothing was applied." : "";
    return `❌ **${isRefused(errors) ? "Refused." : "Failed."}${whatOf}**\n\n${sum}`.trimEnd();
  }
  return `${plan === undefined ? "" : mark(kind, plan)} ${sum}`.trim();
}

/** The dangers of a plan as counts that the summary does not contain; empty if there are none. */
export function dangerCounts(plan: Plan): string {
  const { edited, moved, takenOver } = overwritingOf(plan);
  const count = (holds: (agent: AgentPlan) => boolean) => plan.agents.filter(holds).length;
  const [deleted, conflict] = [count(isDeleted), count(hasConflict)];
  const [remodelled, unset] = [count(isRemodelled), count(needsUnsetSecrets)];
  const parts = [
    ...(deleted > 0 ? [`${counted(deleted, "agent")} deleted for good`] : []),
    ...(edited.length > 0 ? [`${counted(edited.length, "agent")} changed outside`] : []),
    ...(conflict > 0 ? [`${conflict} of them in conflict with the file`] : []),
    ...(moved.length > 0 ? [`${counted(moved.length, "agent")} moved by promote or rollback`] : []),
    ...(takenOver.length > 0 ? [`${counted(takenOver.length, "agent")} taken over`] : []),
    ...(unset > 0
      ? [`${counted(unset, "agent needs", "agents need")} secrets that are not set here`]
      : []),
    ...(remodelled > 0 ? [`another model for ${counted(remodelled, "agent")}`] : []),
  ];
  return parts.length === 0 ? "" : `Look at this first: ${parts.join(" · ")}.`;
}

function needsUnsetSecrets({ notes }: AgentPlan): boolean {
  return notes.some(({ kind }) => kind === "unset_secrets");
}

function mark(kind: MarkdownKind, plan: Plan): string {
  if (kind === "drift") return plan.agents.some(hasDrifted) ? "⚠️" : "✅";
  if (!hasChanges(plan)) return "✅";
  return overwrittenAgents(plan).length > 0 || plan.agents.some(isDeleted) ? "⚠️" : "";
}

/** An apply without an end event was interrupted by force. */
const brokenOff = " The apply ended unexpectedly; plan again to see what it did.";
