import type { RunEvent } from "../../commands/event.ts";
import type { CheckoutNote } from "../../plan/checkout-note.ts";
import type { ModelNote } from "../../plan/model-notes.ts";
import type { Plan } from "../../plan/plan.ts";
import type { Refusal } from "../../plan/refusal.ts";
import { truncated } from "../safe/truncate.ts";
import { isFailed } from "../text/apply-failure.ts";
import { checksSum, checksText, takesManyRequests } from "../text/checks-plan.ts";
import { eventText } from "../text/event.ts";
import { linesOf } from "../text/message.ts";
import { refusalLines } from "../text/refusals.ts";
import { checkoutNoteText } from "../words/checkout-note.ts";
import { failureTitle } from "../words/failure-title.ts";
import type { Line } from "../words/line.ts";
import { modelNoteText } from "../words/model-note.ts";
import { risksOf } from "../words/plan-risks.ts";
import { type Danger, gathered } from "./danger-groups.ts";
import type { PageCommand } from "./data.ts";

/** No event whose words are asked for is a plan. */
const untold = { planText: () => [], driftText: () => [], changesText: () => [] };

const mostLines = 30;
const longestLine = 400;

/**
 * What a person should look at first, the worst first: what went wrong, what forbids the plan, and, as long as nothing
 * was done, what it would do. What many agents share is told once.
 */
export function dangersOf(
  events: readonly RunEvent[],
  plan: Plan | undefined,
  command: PageCommand,
): readonly Danger[] {
  const { server = "" } = plan?.scope ?? {};
  const isAhead = command !== "drift" && !events.some(({ kind }) => kind === "apply_started");
  return gathered([
    ...events.flatMap((event) => troubles(event, server)),
    ...(plan !== undefined && isAhead ? [...riskDangers(plan), ...checksOf(plan)] : []),
    ...(plan?.modelNotes ?? []).map(modelDanger),
    ...(plan?.checkoutNotes ?? []).map(checkoutDanger),
  ]);
}

function riskDangers(plan: Plan): readonly Danger[] {
  return risksOf(plan).map(({ kind, severity, title, lines, keys }) => ({
    kind,
    tone: severity,
    title,
    lines: lines.map((line) => [line]),
    more: [],
    keys,
  }));
}

/** What one event says as an error: a failed step, a refused plan, a broken file. */
function troubles(event: RunEvent, server: string): readonly Danger[] {
  switch (event.kind) {
    case "planned":
    case "drift_found":
      return event.plan.refusals.map(refusalDanger);
    case "refused":
      return event.refusals.map(refusalDanger);
    default:
      return eventText(event, { ...untold, server })
        .filter(({ as }) => as === "error" || as === "errors")
        .map(linesOf)
        .map((lines) => ({
          kind: event.kind,
          tone: "error",
          title: titleOf(event),
          lines: event.kind === "gate_failed" ? [...lines, ...gateOutput(event.output)] : lines,
          more: [],
          keys: keysOf(event),
        }));
  }
}

function refusalDanger(refusal: Refusal): Danger {
  return {
    kind: refusal.kind,
    tone: "error",
    title: "Refused",
    lines: refusalLines([refusal]),
    more: [],
    keys: keysOf(refusal),
  };
}

/** A step of an apply that somebody else's work kept from succeeding has failed: nothing forbade it. */
function titleOf(event: RunEvent): string {
  const title = failureTitle(event) ?? "Failed";
  return title === "Refused" && isFailed(event) ? "Failed" : title;
}

function keysOf(about: RunEvent | Refusal): readonly string[] {
  if ("key" in about && about.key !== undefined) return [about.key];
  return "keys" in about ? about.keys : [];
}

/** The last lines of what a gate said, which nobody else tells here. */
function gateOutput(output: readonly string[]): readonly Line[] {
  return output.slice(-mostLines).map((line) => ["  ", truncated(line, longestLine)]);
}

/** What has to pass before the release, and what that takes. */
function checksOf(plan: Plan): readonly Danger[] {
  const [title, ...lines] = checksText(plan);
  if (title === undefined) return [];
  const tone = takesManyRequests(plan) ? "warning" : "plain";
  const keys = [...new Set(plan.checks.map(({ key }) => key as string))];
  return [{ kind: "checks", tone, title: checksSum(plan), lines, more: [], keys }];
}

function checkoutDanger(note: CheckoutNote): Danger {
  return {
    kind: note.kind,
    tone: note.kind === "uncommitted" ? "plain" : "warning",
    title: checkoutTitles[note.kind],
    lines: [[checkoutNoteText(note)]],
    more: [],
    keys: keysIn(note),
  };
}

function keysIn(note: CheckoutNote): readonly string[] {
  switch (note.kind) {
    case "outdated":
      return [note.outdated.key];
    case "history_missing":
    case "taken_back":
      return [note.key];
    case "uncommitted":
    case "unusable":
      return [];
  }
}

const checkoutTitles: { readonly [Kind in CheckoutNote["kind"]]: string } = {
  outdated: "Older commit",
  history_missing: "Missing history",
  taken_back: "Takes back a commit",
  uncommitted: "Uncommitted files",
  unusable: "Unknown commit",
};

function modelDanger(note: ModelNote): Danger {
  return {
    kind: note.kind,
    tone: "warning",
    title: modelTitles[note.kind],
    lines: [[modelNoteText(note)]],
    more: [],
    keys: note.keys,
  };
}

const modelTitles: { readonly [Kind in ModelNote["kind"]]: string } = {
  model_deprecated: "Deprecated model",
  model_archived: "Archived model",
  model_without_functions: "Model without functions",
};
