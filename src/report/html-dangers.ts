import type { RunEvent } from "../commands/event.ts";
import type { AgentPlan } from "../plan/agent-plan.ts";
import type { CheckoutNote } from "../plan/checkout-note.ts";
import { hasDrifted } from "../plan/deed.ts";
import type { ModelNote } from "../plan/model-notes.ts";
import type { Plan } from "../plan/plan.ts";
import type { Refusal } from "../plan/refusal.ts";
import { counted, shortened } from "./bounded.ts";
import { checkoutNoteText } from "./checkout-note-text.ts";
import { checksSum, checksText, takesManyRequests } from "./checks-plan-text.ts";
import { eventText } from "./event-text.ts";
import type { PageCommand, PageDanger, Tone } from "./html-data.ts";
import type { Line } from "./line.ts";
import { modelNoteText } from "./model-note-text.ts";
import { refusalLines } from "./refusal-lines.ts";

/** No event whose words are asked for is a plan. */
const untold = { planText: () => [], driftText: () => [], changesText: () => [] };

const mostLines = 30;
const longestLine = 400;

/** A danger before its agents have a place in the list. */
export type Danger = Omit<PageDanger, "agents"> & { readonly keys: readonly string[] };

/**
 * What a person should look at first: what went wrong, what forbids the plan, and, as long as nothing was done,
 * what it would do.
 */
export function dangersOf(
  events: readonly RunEvent[],
  plan: Plan | undefined,
  command: PageCommand,
): readonly Danger[] {
  const { server = "" } = plan?.scope ?? {};
  const isAhead = command !== "drift" && !events.some(({ kind }) => kind === "apply_started");
  return [
    ...events.flatMap((event) => troubles(event, server)),
    ...(plan !== undefined && isAhead ? [...risksOf(plan), ...checksOf(plan)] : []),
    ...(plan?.modelNotes ?? []).map(modelDanger),
    ...(plan?.checkoutNotes ?? []).map(checkoutDanger),
  ];
}

/** What one event says as an error: a failed step, a refused plan, a broken file. */
function troubles(event: RunEvent, server: string): readonly Danger[] {
  if (event.kind === "planned" || event.kind === "drift_found") {
    return event.plan.refusals.map((refusal) => ({
      tone: "error",
      title: "Refused",
      lines: refusalLines([refusal]),
      keys: keysOf(refusal),
    }));
  }
  return eventText(event, { ...untold, server })
    .filter(({ as }) => as === "error")
    .map(({ lines }) => ({
      tone: "error",
      title: titleOf(event),
      lines: event.kind === "gate_failed" ? [...lines, ...gateOutput(event.output)] : lines,
      keys: keysOf(event),
    }));
}

function titleOf({ kind }: RunEvent): string {
  switch (kind) {
    case "config_invalid":
      return "Invalid configuration";
    case "refused":
    case "drift_refused":
    case "commit_outdated":
    case "plan_outdated":
      return "Refused";
    case "put_back_failed":
    case "twin_left":
    case "content_left":
      return "To be repaired by hand";
    case "apply_stopped":
    case "interrupted":
      return "Stopped";
    default:
      return "Failed";
  }
}

function keysOf(about: RunEvent | Refusal): readonly string[] {
  if ("key" in about && about.key !== undefined) return [about.key];
  return "keys" in about ? about.keys : [];
}

/** The last lines of what a gate said, which nobody else tells here. */
function gateOutput(output: readonly string[]): readonly Line[] {
  return output.slice(-mostLines).map((line) => ["  ", shortened(line, longestLine)]);
}

/** What has to pass before the release, and what that takes. */
function checksOf(plan: Plan): readonly Danger[] {
  const [title, ...lines] = checksText(plan);
  if (title === undefined) return [];
  const tone = takesManyRequests(plan) ? "warning" : "plain";
  const keys = [...new Set(plan.checks.map(({ key }) => key as string))];
  return [{ tone, title: checksSum(plan), lines, keys }];
}

type Risk = {
  readonly tone: Tone;
  readonly title: (count: string) => string;
  readonly lines: readonly Line[];
  readonly holds: (plan: AgentPlan) => boolean;
};

const hasConflict = (plan: AgentPlan) =>
  "changes" in plan && plan.changes.some(({ origin }) => origin === "conflict");

const changesModel = (plan: AgentPlan) =>
  "changes" in plan && plan.changes.some(({ path }) => path === "model");

/** The worst first. */
const risks: readonly Risk[] = [
  {
    tone: "error",
    title: (agents) => `Deletes ${agents}`,
    lines: [["With every version; there is no way back."]],
    holds: ({ action }) => action === "delete",
  },
  {
    tone: "warning",
    title: (agents) => `Conflict on ${agents}`,
    lines: [["Edited outside and in the file, each in its own way. The file wins."]],
    holds: hasConflict,
  },
  {
    tone: "warning",
    title: (agents) => `Overwrites edits made outside on ${agents}`,
    lines: [["To keep them, write them into agents.yaml first."]],
    holds: (plan) => hasDrifted(plan) && !hasConflict(plan),
  },
  {
    tone: "warning",
    title: (agents) => `Takes over ${agents}`,
    lines: [["agentvane never wrote them: what the file leaves out is cleared."]],
    holds: (plan) => (plan.action === "update" || plan.action === "move") && plan.wipesUnowned,
  },
  {
    tone: "warning",
    title: (agents) => `Names a model that the server does not list on ${agents}`,
    lines: [["Check the name."]],
    holds: ({ notes }) => notes.some(({ kind }) => kind === "unknown_model"),
  },
  {
    tone: "warning",
    title: (agents) => `Gives another model to ${agents}`,
    lines: [["The same prompt may do something else there."]],
    holds: (plan) => plan.action !== "create" && changesModel(plan),
  },
  {
    tone: "plain",
    title: (agents) => `Live as soon as written: ${agents}`,
    lines: [
      [
        "Handoffs, /v1/agents/completions and conversations without agent_version get it before it is verified.",
      ],
    ],
    holds: ({ notes }) => notes.some(({ kind }) => kind === "live_at_once"),
  },
  {
    tone: "plain",
    title: (agents) => `An alias moves and the default stays: ${agents}`,
    lines: [["Those that hand off to them run the default version."]],
    holds: ({ notes }) => notes.some(({ kind }) => kind === "default_stays"),
  },
  {
    tone: "plain",
    title: (agents) => `No longer in the file: ${agents}`,
    lines: [["Left alone; --prune deletes what is not in the file."]],
    holds: ({ action }) => action === "orphan",
  },
];

function checkoutDanger(note: CheckoutNote): Danger {
  return {
    tone: note.kind === "uncommitted" ? "plain" : "warning",
    title: checkoutTitles[note.kind],
    lines: [[checkoutNoteText(note)]],
    keys: keysIn(note),
  };
}

function keysIn(note: CheckoutNote): readonly string[] {
  switch (note.kind) {
    case "outdated":
      return [note.outdated.key];
    case "taken_back":
      return [note.key];
    case "uncommitted":
    case "unusable":
      return [];
  }
}

const checkoutTitles: { readonly [Kind in CheckoutNote["kind"]]: string } = {
  outdated: "Older commit",
  taken_back: "Takes back a commit",
  uncommitted: "Uncommitted files",
  unusable: "Unknown commit",
};

function modelDanger(note: ModelNote): Danger {
  return {
    tone: "warning",
    title: modelTitles[note.kind],
    lines: [[modelNoteText(note)]],
    keys: note.keys,
  };
}

const modelTitles: { readonly [Kind in ModelNote["kind"]]: string } = {
  model_deprecated: "Deprecated model",
  model_archived: "Archived model",
  model_without_functions: "Model without functions",
};

function risksOf(plan: Plan): readonly Danger[] {
  return risks.flatMap(({ tone, title, lines, holds }) => {
    const keys = plan.agents.filter(holds).map(({ key }) => key as string);
    return keys.length === 0
      ? []
      : [{ tone, title: title(counted(keys.length, "agent")), lines, keys }];
  });
}
