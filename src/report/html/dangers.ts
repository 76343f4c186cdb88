import type { RunEvent } from "../../commands/event.ts";
import type { CheckoutNote } from "../../plan/checkout-note.ts";
import type { ModelNote } from "../../plan/model-notes.ts";
import type { Plan } from "../../plan/plan.ts";
import { errorTitle } from "../error-title.ts";
import type { RunError } from "../run-error.ts";
import { truncated } from "../safe/truncate.ts";
import { checksSum, checksText, takesManyRequests } from "../text/checks-plan.ts";
import { partLines } from "../text/error-lines.ts";
import { checkoutNoteText } from "../words/checkout-note.ts";
import type { ErrorPart } from "../words/error-words.ts";
import type { Line } from "../words/line.ts";
import { modelNoteText } from "../words/model-note.ts";
import { risksOf } from "../words/plan-risks.ts";
import { type Danger, gathered } from "./danger-groups.ts";
import type { PageCommand } from "./data.ts";

const mostLines = 30;
const longestLine = 400;

/**
 * What to look at first, the worst first: errors, refusals, and, before an apply, the risks of the plan. What several
 * agents share is shown once.
 */
export function dangersOf(
  events: readonly RunEvent[],
  plan: Plan | undefined,
  { command, errors }: { readonly command: PageCommand; readonly errors: readonly RunError[] },
): readonly Danger[] {
  const isAhead = command !== "drift" && !events.some(({ kind }) => kind === "apply_started");
  return gathered([
    ...errors.flatMap(errorDangers),
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

/** What an error says: a failed step, each reason of a refused plan, each problem of a file. */
function errorDangers(error: RunError): readonly Danger[] {
  return error.parts.map((part) => ({
    kind: part.code ?? error.code,
    tone: error.exit === 0 ? "warning" : "error",
    isRepair: error.exit === 6,
    title: errorTitle(error),
    lines: [...partLines(part, error.code), ...outputLines(part)],
    more: [],
    keys: part.keys ?? error.keys,
  }));
}

/** The last lines of a gate's output, which nothing else shows here. */
function outputLines({ output = [] }: ErrorPart): readonly Line[] {
  return output.slice(-mostLines).map((line) => ["  ", truncated(line, longestLine)]);
}

/** What must pass before the release, and its cost. */
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
  taken_back: "Undoes a commit",
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
