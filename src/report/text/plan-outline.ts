import { pathText } from "../../agent/property-path.ts";
import { overwrites } from "../../plan/agent-drift.ts";
import type { AgentPlan } from "../../plan/agent-plan.ts";
import { isNoOp } from "../../plan/has-changes.ts";
import type { Plan } from "../../plan/plan.ts";
import { type Line, lineWords, styled } from "../words/line.ts";
import { pointerMovesText } from "../words/pointer-move.ts";
import { agentDetails, agentHeading } from "./agent-plan.ts";
import { checksText } from "./checks-plan.ts";
import { noteText } from "./note.ts";
import { gatesText, movesText, overwritingText } from "./plan.ts";
import { planLine } from "./plan-line.ts";

/** A plan as headings that can be opened, for the plan viewer. */
export type PlanOutline = {
  readonly items: readonly OutlineItem[];
  /** What to know before confirming. */
  readonly warnings: readonly Line[];
  readonly sum: Line;
};

/** One item of a plan: an agent, the gates, the pointers that move. */
export type OutlineItem = {
  readonly heading: Line;
  readonly hasDetails: boolean;
  /** The lines below the heading. Computed on demand, because the diffs of a thousand prompts take time. */
  readonly details: () => readonly Line[];
  /** The kinds to filter by: its action, `outside`, `conflict`. */
  readonly kinds: readonly string[];
  /** The text that a search looks in, in lower case. */
  readonly searched: () => string;
};

/** Outlines a plan: actions and remarks. Unchanged agents have no heading. */
export function planOutline(plan: Plan): PlanOutline {
  const others = [
    foldedText("gates", gatesText(plan)),
    foldedText("checks", checksText(plan)),
    foldedText("pointers", movesText(plan)),
  ].flat();
  const items = [...plan.agents.flatMap((agent) => agentItem(plan, agent)), ...others];
  return { items, warnings: overwritingText(plan), sum: planLine(plan) };
}

/** The least number of rows of a whole plan, counted without comparing texts. */
export function leastRows({ agents, releaseWaves }: Plan): number {
  const changes = agents.flatMap((agent) => ("changes" in agent ? agent.changes : []));
  return (
    agents.filter((agent) => !isNoOp(agent)).length + changes.length + releaseWaves.flat().length
  );
}

function agentItem(plan: Plan, agent: AgentPlan): readonly OutlineItem[] {
  const moves = plan.releaseWaves.flat().filter(({ key }) => key === agent.key);
  const details = () => [
    ...agentDetails(agent),
    ...(moves.length > 0 ? [["moves:"], ...pointerMovesText(moves)] : []),
  ];
  const isRemark = agent.action === "orphan";
  const hasDetails = ("changes" in agent && agent.changes.length > 0) || details().length > 0;
  if (isNoOp(agent) && !isRemark && !hasDetails) return [];
  const kinds = kindsOf(agent);
  const outside = kinds.includes("outside") ? [styled("warning", "  ! changed outside")] : [];
  return [
    {
      heading: [...agentHeading(agent), ...outside],
      hasDetails,
      details,
      kinds,
      searched: () => [searchedText(agent), wordsOf(pointerMovesText(moves))].join("\n"),
    },
  ];
}

function kindsOf(agent: AgentPlan): readonly string[] {
  const { action } = agent;
  const isContested =
    "changes" in agent && agent.changes.some(({ origin }) => origin === "conflict");
  return [
    action === "noop" ? "no change" : action,
    ...(overwrites(agent) ? ["outside"] : []),
    ...(isContested ? ["conflict"] : []),
  ];
}

/** The heading, the notes and the changes, without comparing texts. */
function searchedText(agent: AgentPlan): string {
  const changes = "changes" in agent ? agent.changes : [];
  const values = changes.flatMap(({ path, before, after }) => [pathText(path), before, after]);
  const texts = values.map((value) => (typeof value === "string" ? value : JSON.stringify(value)));
  const lines = [agentHeading(agent), ...("notes" in agent ? agent.notes.map(noteText) : [])];
  return [agent.key, agent.name, wordsOf(lines), ...texts].join("\n").toLowerCase();
}

function wordsOf(lines: readonly Line[]): string {
  return lines.map(lineWords).join("\n").toLowerCase();
}

function foldedText(kind: string, [heading, ...details]: readonly Line[]): readonly OutlineItem[] {
  if (heading === undefined) return [];
  const searched = () => wordsOf([heading, ...details]);
  return [{ heading, hasDetails: true, details: () => details, kinds: [kind], searched }];
}
