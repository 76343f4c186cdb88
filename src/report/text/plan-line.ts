import { hasChanges } from "../../plan/has-changes.ts";
import type { Plan } from "../../plan/plan.ts";
import { counted } from "../safe/truncate.ts";
import { type Line, styled } from "../words/line.ts";
import { summaryOf } from "../words/plan-summary.ts";
import { pointersCounted } from "../words/pointer-move.ts";

/** The summary of a plan in one line. */
export function planLine(plan: Plan): Line {
  return lineOf(plan, countsOf(plan));
}

/** The same without zero counts, for use above a list. */
export function briefPlanLine(plan: Plan): Line {
  const counts = countsOf(plan).map((group) => group.filter(({ count }) => count > 0));
  return lineOf(
    plan,
    counts.filter((group) => group.length > 0),
  );
}

/** A number of the summary, and its text. */
type Count = { readonly count: number; readonly text: string };

function lineOf(plan: Plan, counts: readonly (readonly Count[])[]): Line {
  const part = plan.complete ? "" : " This is only part of the project.";
  if (hasChanges(plan)) {
    const sum = counts.map((group) => group.map(({ text }) => text).join(", ")).join("; ");
    return [styled("strong", "Plan:"), ` ${sum}.${part}`];
  }
  // Refused agents may not have been compared, so "no changes" would be misleading.
  if (plan.refusals.length > 0)
    return [styled("strong", "Plan refused."), " Nothing will be applied."];
  return [
    styled("success", "No changes."),
    isComparedWithFile(plan) ? ` ${settledText(plan)}.${part}` : ` ${idleText(plan)}.`,
  ];
}

/** The counts for agents, for pointers, and for versions. */
function countsOf(plan: Plan): readonly (readonly Count[])[] {
  const sum = summaryOf(plan);
  const moves = plan.releaseWaves.flat();
  const of = (count: number, text: string): Count => ({ count, text: `${count} ${text}` });
  const others = [
    of(sum.rename, "to rename"),
    of(sum.reuse, "to reuse"),
    of(sum.forget, "to forget"),
  ].filter(({ count }) => count > 0);
  const versions = sum.versions_to_create;
  return [
    [
      of(sum.create, "to create"),
      of(sum.update, "to update"),
      ...others,
      of(sum.delete, "to delete"),
      ...duplicateCount(plan),
    ],
    [{ count: moves.length, text: `${pointersCounted(moves)} to move` }],
    [{ count: versions, text: counted(versions, "new version") }],
  ];
}

function duplicateCount({ duplicates }: Plan): readonly Count[] {
  const count = duplicates.length;
  return count === 0 ? [] : [{ count, text: `${counted(count, "duplicate")} to delete` }];
}

/** Whether the agents are compared with a file: not in plans that only delete agents or move pointers. */
function isComparedWithFile({ fingerprints, agents }: Plan): boolean {
  return (
    fingerprints.some(({ config }) => config !== null) ||
    agents.some(({ action }) => action === "orphan")
  );
}

/** Why a plan without agents, or without a file, does nothing. */
function idleText({ agents, complete, scope }: Plan): string {
  if (agents.length > 0) return "There are no pointers to move";
  if (!complete) return "There are no agents to delete";
  return `This ${scope.environment === "" ? "project" : "environment"} owns no agents`;
}

function settledText(plan: Plan): string {
  const sum = summaryOf(plan);
  const settled = sum.noop + sum.adopt;
  const adopted =
    sum.adopt === 0
      ? ""
      : `; ${counted(sum.adopt, "agent is", "agents are")} adopted with the next change`;
  const orphans = sum.orphan === 0 ? "" : `; ${counted(sum.orphan, "orphan")} left alone`;
  if (settled === 0) return `agents.yaml has no agents${orphans}`;
  return `${settled === 1 ? "1 agent matches" : `${plan.complete ? "All " : ""}${settled} agents match`} agents.yaml${adopted}${orphans}`;
}
