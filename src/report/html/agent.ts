import type { ApplyEvent } from "../../apply/event.ts";
import { driftOf, hasConflict, hasDrifted } from "../../plan/agent-drift.ts";
import type { AgentPlan, Change } from "../../plan/agent-plan.ts";
import { isNoOp } from "../../plan/has-changes.ts";
import { isPart } from "../apply-steps.ts";
import { type ProgramRows, rowOf } from "../event-row.ts";
import { listed } from "../safe/truncate.ts";
import { eventLines } from "../text/event-lines.ts";
import { noteText } from "../text/note.ts";
import { aboutAgent, agentWarnings } from "../words/agent-about.ts";
import { type Line, styled } from "../words/line.ts";
import { withoutToolType } from "../words/new-tool.ts";
import { driftChange, type ShownChange } from "../words/origin.ts";
import { pageChange } from "./change.ts";
import type { AgentFlag, PageAgent, PageCommand, Tone } from "./data.ts";
import { type Known, timelineOf } from "./timeline.ts";

/** The context of one agent in the report. */
export type AgentReport = {
  readonly command: PageCommand;
  readonly server: string;
  readonly rows: ProgramRows;
};

/** One agent as the report shows it. */
export function pageAgent(known: Known, { command, server, rows }: AgentReport): PageAgent {
  const { plan, events = [] } = known;
  const flags = flagsOf(known, rows);
  const shown = command === "drift" ? driftChanges(plan) : plannedChanges(plan);
  return {
    key: plan.key,
    name: plan.name === plan.key ? "" : plan.name,
    id: plan.action === "create" ? writtenId(events) : plan.id,
    action: actionName(plan, command),
    tone: command === "drift" ? (hasDrifted(plan) ? "warning" : "good") : toneOf(plan, flags),
    flags,
    about: command === "drift" ? "" : aboutAgent(plan),
    remarks: remarksOf(plan, command),
    changes: shown.map(pageChange),
    timeline: timelineOf(known, command),
    steps: events
      .filter((event) => !isPart(event))
      .flatMap((event) => eventLines(event, rows, server)),
  };
}

/** The position group of an agent in the list: failures first, unchanged agents last. */
export function rankOf({ tone, flags }: PageAgent): number {
  if (flags.includes("failed")) return 0;
  if (tone === "error") return 1;
  if (flags.length > 0) return 2;
  if (tone === "warning") return 3;
  return tone === "good" ? 5 : 4;
}

function actionName(plan: AgentPlan, command: PageCommand): string {
  if (command === "drift") return hasDrifted(plan) ? "drift" : "no drift";
  return plan.action === "noop" ? "no change" : plan.action;
}

function changesOf(plan: AgentPlan): readonly Change[] {
  return "changes" in plan ? plan.changes : [];
}

/** Without the type, which the name of a new agent's tool already contains. */
function plannedChanges(plan: AgentPlan): readonly Change[] {
  return plan.action === "create" ? plan.changes.map(withoutToolType) : changesOf(plan);
}

/** What agentvane wrote compared with what the server has now, whatever the file contains. */
function driftChanges(plan: AgentPlan): readonly ShownChange[] {
  return driftOf(plan).properties.map(driftChange);
}

function flagsOf({ plan, events = [] }: Known, rows: ProgramRows): readonly AgentFlag[] {
  const hasFailed = events.some((event) => {
    const { error, exit } = rowOf(event, rows);
    return error !== undefined && exit !== 0;
  });
  return [
    ...(hasFailed ? (["failed"] as const) : []),
    ...(hasConflict(plan) ? (["conflict"] as const) : []),
    ...(hasDrifted(plan) ? (["drift"] as const) : []),
  ];
}

function toneOf(plan: AgentPlan, flags: readonly AgentFlag[]): Tone {
  if (flags.includes("failed") || plan.action === "delete") return "error";
  if (flags.length > 0 || plan.action === "forget" || plan.action === "orphan") return "warning";
  return isNoOp(plan) ? "good" : "plain";
}

function remarksOf(plan: AgentPlan, command: PageCommand): readonly Line[] {
  const warnings = agentWarnings(plan).map((text): Line => [styled("warning", text)]);
  if (command === "drift") return warnings;
  const unknown = "unknownHandoffs" in plan ? plan.unknownHandoffs : [];
  const facts = [
    ...(unknown.length > 0 ? [`the ids of ${listed(unknown)} are known after apply`] : []),
    ...(plan.action === "create" && plan.completedLater
      ? ["created first, then updated once the agents it hands off to exist"]
      : []),
    ...("protect" in plan && plan.protect ? ["protected"] : []),
  ];
  return [...warnings, ...facts.map((text): Line => [text]), ...plan.notes.map(noteText)];
}

/** The id of an agent that this apply created. */
function writtenId(events: readonly ApplyEvent[]): string {
  return events.find((event) => event.kind === "agent_written")?.id ?? "";
}
