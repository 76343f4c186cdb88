import type { AgentPlan } from "../plan/agent-plan.ts";
import { changesSomething, overwritten } from "../plan/consequences.ts";
import { driftOf, hasDrifted } from "../plan/deed.ts";
import { groupBy } from "../plan/group-by.ts";
import type { Plan } from "../plan/plan.ts";
import { agentPlanText } from "./agent-plan-text.ts";
import { counted, listed, shortened } from "./bounded.ts";
import { checkoutNoteLines } from "./checkout-note-text.ts";
import { checksText } from "./checks-plan-text.ts";
import { type Line, styled } from "./line.ts";
import { modelNoteLines } from "./model-note-text.ts";
import { summaryOf } from "./plan-summary.ts";
import { pointerMovesText } from "./pointer-move-text.ts";

/** A whole plan for people to read, with its sum in the last line. */
export function planText(plan: Plan): readonly Line[] {
  const blocks = [
    ...plan.agents.map(agentPlanText),
    gatesText(plan),
    checksText(plan),
    movesText(plan),
    modelNoteLines(plan.modelNotes),
    checkoutNoteLines(plan.checkoutNotes),
    secretsText(plan),
    overwritingText(plan),
    [planLine(plan)],
  ].filter((block) => block.length > 0);
  return [[styled("strong", scopeText(plan))], ...blocks.flatMap((block) => [[], ...block])];
}

/** The sum of a plan in one line. */
export function planLine(plan: Plan): Line {
  const part = plan.complete ? "" : " This is only part of the project.";
  if (changesSomething(plan)) return [styled("strong", "Plan:"), ` ${sumText(plan)}.${part}`];
  // What is refused may not even have been looked at: that nothing changes would be no good news.
  if (plan.refusals.length > 0)
    return [styled("strong", "Plan:"), " nothing, since it is refused."];
  return [styled("success", "No changes."), ` ${settledText(plan)}.${part}`];
}

/** What to do about edits made outside. */
export const keepingText = "Applying overwrites that. To keep it, write it into agents.yaml first.";

/** The agents on which somebody's edit, or a rollback, would be undone, and how to keep it. */
export function overwritingText(plan: Plan): readonly Line[] {
  const all = overwritten(plan);
  const moved = all.filter(isOnlyMovedByUs);
  const edited = all.filter((agent) => !isOnlyMovedByUs(agent));
  return [
    ...warning(edited, "changed outside", keepingText),
    ...warning(
      moved,
      "moved by promote or rollback",
      "Applying moves it forward again. To keep it there, pin its alias to that version in agents.yaml.",
    ),
  ];
}

function warning(agents: readonly AgentPlan[], what: string, advice: string): readonly Line[] {
  if (agents.length === 0) return [];
  const keys = agents.map(({ key }) => key);
  return [
    [styled("warning", `! ${counted(agents.length, "agent")} ${what}: ${listed(keys)}.`)],
    ["  ", advice],
  ];
}

/** Whether nobody touched an agent but `promote` and `rollback`. */
function isOnlyMovedByUs(agent: AgentPlan): boolean {
  const { properties, pointers } = driftOf(agent);
  return (
    hasDrifted(agent) &&
    properties.length === 0 &&
    pointers.every(({ rememberedBy }) => rememberedBy !== undefined)
  );
}

/** Agents with secrets that nothing is sent to, on one line for all of them. */
function secretsText({ agents }: Plan): readonly Line[] {
  const keys = agents
    .filter(({ notes }) => notes.some(({ kind }) => kind === "secrets_not_compared"))
    .map(({ key }) => key);
  if (keys.length === 0) return [];
  const text = `note: values of secrets are not compared (${listed(keys)}); --resend-secrets KEY sends a rotated one`;
  return [[styled("faint", text)]];
}

/** The commands that judge the new versions, with whom each is for. */
export function gatesText({ gates }: Plan): readonly Line[] {
  if (gates.length === 0) return [];
  const commands = [...groupBy(gates, ({ command }) => command)];
  return [
    ["Gates, which must pass before anything is released:"],
    ...commands.map(
      ([command, runs]): Line => [
        "  ",
        styled("strong", shortened(command, 200)),
        `  for ${listed(runs.map(({ key }) => key))}`,
      ],
    ),
  ];
}

/** The pointers that a release moves, in order. */
export function movesText(plan: Plan): readonly Line[] {
  const moves = plan.releaseWaves.flat();
  if (moves.length === 0) return [];
  return [["Moved when every version is built and verified:"], ...pointerMovesText(moves)];
}

function scopeText({ scope }: Plan): string {
  const environment = scope.environment === "" ? "" : ` (${scope.environment})`;
  return `${scope.project}${environment} on ${scope.server}`;
}

function sumText(plan: Plan): string {
  const sum = summaryOf(plan);
  const aliases = sum.alias_set + sum.alias_remove;
  const others = [
    ...(sum.move > 0 ? [`${sum.move} to move`] : []),
    ...(sum.reuse > 0 ? [`${sum.reuse} to reuse`] : []),
    ...(sum.forget > 0 ? [`${sum.forget} to forget`] : []),
  ];
  return [
    [
      `${sum.create} to create`,
      `${sum.update} to update`,
      ...others,
      `${sum.delete} to delete`,
    ].join(", "),
    `${counted(aliases, "alias", "aliases")} to move`,
    counted(sum.versions_to_create, "new version"),
  ].join("; ");
}

function settledText(plan: Plan): string {
  const sum = summaryOf(plan);
  const settled = sum.noop + sum.adopt;
  const adopted =
    sum.adopt === 0
      ? ""
      : `; ${counted(sum.adopt, "agent is", "agents are")} adopted with the next change`;
  const orphans = sum.orphan === 0 ? "" : `; ${counted(sum.orphan, "orphan")} left alone`;
  if (settled === 0) return `There is no agent to look after${orphans}`;
  return `${settled === 1 ? "1 agent is" : `${settled} agents are`} as agents.yaml wants${adopted}${orphans}`;
}
