import type { AgentPlan } from "../../plan/agent-plan.ts";
import { groupBy } from "../../plan/group-by.ts";
import type { Plan } from "../../plan/plan.ts";
import { counted, listed, truncated } from "../safe/truncate.ts";
import { checkoutNoteLines } from "../words/checkout-note.ts";
import { type Line, styled } from "../words/line.ts";
import { modelNoteLines } from "../words/model-note.ts";
import { overwritingAdvice, overwritingOf } from "../words/overwriting.ts";
import { movesHeading, pointerMovesText } from "../words/pointer-move.ts";
import { releasedText } from "../words/released-version.ts";
import { agentPlanText } from "./agent-plan.ts";
import { checksText } from "./checks-plan.ts";
import { planLine } from "./plan-line.ts";

/** A whole plan as text, with its summary in the last line. */
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

/** The agents on which outside edits, or a rollback, would be undone, and how to keep them. */
export function overwritingText(plan: Plan): readonly Line[] {
  const { edited, moved, takenOver } = overwritingOf(plan);
  return [
    ...warning(edited, "changed outside", overwritingAdvice.edited),
    ...warning(moved, "moved by promote or rollback", overwritingAdvice.moved),
    ...warning(takenOver, "taken over", overwritingAdvice.takenOver),
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

/** Agents whose secrets are not sent, on one line for all of them. */
function secretsText(plan: Plan): readonly Line[] {
  const text = uncomparedSecretsText(plan);
  return text === "" ? [] : [[styled("faint", `note: ${text}`)]];
}

/** The same as a sentence; empty if there are none. */
export function uncomparedSecretsText({ agents }: Plan): string {
  const keys = agents
    .filter(({ notes }) => notes.some(({ kind }) => kind === "secrets_not_compared"))
    .map(({ key }) => key);
  if (keys.length === 0) return "";
  return `values of secrets are not compared (${listed(keys)}); --resend-secrets KEY sends a rotated one`;
}

/** The gates of a plan, each with its agents. */
export function gatesText({ gates }: Plan): readonly Line[] {
  if (gates.length === 0) return [];
  const commands = [...groupBy(gates, ({ command }) => command)];
  return [
    ["Gates, which must pass before anything is released:"],
    ...commands.map(
      ([command, runs]): Line => [
        "  ",
        styled("strong", truncated(command, 200)),
        `  for ${listed(runs.map(releasedText))}`,
      ],
    ),
  ];
}

/** The pointers that a release moves, in order. */
export function movesText(plan: Plan): readonly Line[] {
  const moves = plan.releaseWaves.flat();
  if (moves.length === 0) return [];
  return [[`${movesHeading(plan)}:`], ...pointerMovesText(moves)];
}

function scopeText({ scope }: Plan): string {
  const environment = scope.environment === "" ? "" : ` (${scope.environment})`;
  return `${scope.project}${environment} on ${scope.server}`;
}
