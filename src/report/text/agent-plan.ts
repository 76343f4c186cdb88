import { pathText } from "../../agent/property-path.ts";
import type { AgentPlan, CreatePlan, Note, UpdatePlan } from "../../plan/agent-plan.ts";
import { actionSigns } from "../words/action-sign.ts";
import { aboutAgent, agentWarnings } from "../words/agent-about.ts";
import { indented, type Line, type Span, type Style, styled } from "../words/line.ts";
import { type NewTool, newTool } from "../words/new-tool.ts";
import { handoffNames } from "../words/shown-value.ts";
import { changeText, newValueText } from "./change.ts";
import { noteText } from "./note.ts";

/** The plan for one agent; empty if it has neither a change nor a note. */
export function agentPlanText(plan: AgentPlan): readonly Line[] {
  const details = agentDetails(plan);
  if (needsNothing(plan) && details.length === 0) return [];
  return [agentHeading(plan), ...indented(details, 4)];
}

/** Whether an agent needs no change; an adopted agent gets its tags with its first change. */
export function needsNothing({ action }: AgentPlan): boolean {
  return action === "noop" || action === "adopt";
}

/** The action for one agent in one line. */
export function agentHeading(plan: AgentPlan): Line {
  const { action, key, name } = plan;
  const about = aboutAgent(plan);
  return [
    styled(
      headingStyles[action],
      `${actionSigns[action]} ${action === "noop" ? "no change" : action}`,
    ),
    " ",
    styled("strong", key),
    ...(name === key ? [] : [` "${name}"`]),
    ...(about === "" ? [] : ["  ", styled("faint", about)]),
  ];
}

const headingStyles: { readonly [Action in AgentPlan["action"]]: Style } = {
  create: "added",
  update: "changed",
  rename: "changed",
  reuse: "changed",
  forget: "warning",
  adopt: "success",
  delete: "removed",
  orphan: "warning",
  noop: "faint",
};

/** The details of one agent below its heading. */
export function agentDetails(plan: AgentPlan): readonly Line[] {
  switch (plan.action) {
    case "create":
      return creationLines(plan);
    case "update":
    case "rename":
      return [
        ...warningLines(plan),
        ...plan.changes.flatMap(changeText),
        ...unknownHandoffLines(plan),
        ...plan.notes.map(noteText),
      ];
    case "reuse":
      return [
        ...warningLines(plan),
        ...plan.changes.flatMap(changeText),
        ...plan.notes.map(noteText),
      ];
    case "noop":
    case "adopt":
      return [...warningLines(plan), ...ownNotes(plan).map(noteText)];
    case "forget":
      return plan.notes.map(noteText);
    case "delete":
    case "orphan":
      return plan.notes.map(noteText);
  }
}

/** The notes of an agent without changes; notes about secrets are shown once for all agents. */
export function ownNotes({ notes }: AgentPlan): readonly Note[] {
  return notes.filter(({ kind }) => kind !== "secrets_not_compared");
}

function creationLines(plan: CreatePlan): readonly Line[] {
  const unknown = new Set<string>(plan.unknownHandoffs);
  const tools = plan.changes.flatMap((change) => newTool(change) ?? []);
  const others = plan.changes.filter(
    (change) => newTool(change) === undefined && change.path[0] !== "name",
  );
  return [
    ...others.flatMap(({ path, after }) =>
      path[0] === "handoffs"
        ? [handoffsLine(handoffNames(after ?? null), unknown)]
        : newValueText(pathText(path), after ?? null),
    ),
    ...toolsText(tools),
    ...(plan.completedLater
      ? [
          [
            styled(
              "faint",
              "note: created first, then updated once the agents it hands off to exist",
            ),
          ],
        ]
      : []),
    ...plan.notes.map(noteText),
  ];
}

function unknownHandoffLines({ unknownHandoffs }: UpdatePlan): readonly Line[] {
  if (unknownHandoffs.length === 0) return [];
  return [["the ids of ", unknownHandoffs.join(", "), " are ", knownAfterApply]];
}

function warningLines(plan: AgentPlan): readonly Line[] {
  return agentWarnings(plan).map((warning) => [styled("warning", `! ${warning}`)]);
}

const knownAfterApply: Span = styled("faint", "known after apply");

function handoffsLine(names: readonly string[], unknown: ReadonlySet<string>): Line {
  const spans = names.flatMap((name, at): Span[] => [
    at === 0 ? "" : ", ",
    name,
    ...(unknown.has(name) ? [" (", knownAfterApply, ")"] : []),
  ]);
  return [styled("strong", "handoffs"), ": ", ...spans];
}

/**
 * New tools, each with its identity, such as `function:lookup_order`, and everything to approve about it: schema,
 * confirmations, libraries, authorization. On one line if none has more than its type.
 */
function toolsText(tools: readonly NewTool[]): readonly Line[] {
  if (tools.length === 0) return [];
  const head = styled("strong", "tools");
  if (tools.every(({ settings }) => settings === undefined)) {
    return [[head, ": ", tools.map(({ name }) => name).join(", ")]];
  }
  const lines = tools.flatMap(({ name, settings }) =>
    settings === undefined ? [[styled("strong", name)]] : newValueText(name, settings),
  );
  return [[head, ":"], ...indented(lines, 4)];
}
