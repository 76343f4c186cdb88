import type { Difference } from "../../agent/differences.ts";
import type { ApplyEvent } from "../../apply/event.ts";
import type { RunEvent } from "../../commands/event.ts";
import type { Plan } from "../../plan/plan.ts";
import { outputLines } from "../output/form.ts";
import { shellCommand } from "../safe/shell-command.ts";
import { listed } from "../safe/truncate.ts";
import { checkoutTroubleText, fetchHistory, outdatedText } from "../words/checkout-note.ts";
import { didYouMean } from "../words/did-you-mean.ts";
import { apiFailureHint, apiFailureText } from "../words/failure.ts";
import { type Line, styled } from "../words/line.ts";
import { planDifferenceText, planFaultText } from "../words/plan-difference.ts";
import { applyEventText } from "./apply.ts";
import { applyFailure, type FailedEvent } from "./apply-failure.ts";
import { configurationText } from "./configuration.ts";
import { diagnosisLines, doctorLines } from "./doctor.ts";
import { environmentsText } from "./environments.ts";
import { explanationText } from "./explanation.ts";
import { historyText } from "./history.ts";
import { importedText } from "./imported.ts";
import { error, type Message, progress, result } from "./message.ts";
import { outputCheckText } from "./output-check.ts";
import { pinsText } from "./pins.ts";
import { probeText } from "./probe.ts";
import { refusalLines } from "./refusals.ts";
import { runText } from "./run.ts";
import { savedPlanDoneText } from "./saved-plan-done.ts";
import { shownText } from "./shown.ts";
import {
  answerLines,
  betweenLines,
  checksResult,
  failedTalk,
  partnerText,
  startedOverText,
  talkCost,
} from "./talk.ts";

/** How a plan is told. Handed in because it brings the diff library along, which most commands never need. */
export type PlanTexts = {
  readonly planText: (plan: Plan) => readonly Line[];
  readonly driftText: (plan: Plan) => readonly Line[];
  readonly changesText: (changes: readonly Difference[]) => readonly Line[];
};

/** What words about an event may need besides the event. */
export type WordingContext = PlanTexts & {
  /** The server of the run; empty until it is known. */
  readonly server: string;
};

type Wordings = {
  readonly [Kind in RunEvent["kind"]]: (
    event: Extract<RunEvent, { kind: Kind }>,
    context: WordingContext,
  ) => readonly Message[];
};

const step = (event: ApplyEvent, { server }: WordingContext) =>
  progress(applyEventText(event, server));
const failure = (event: FailedEvent, { server }: WordingContext): readonly Message[] => [
  { as: "error", ...applyFailure(event, server) },
];

const refusalsOf = ({ refusals }: Plan): readonly Message[] =>
  refusals.length === 0 ? [] : [{ as: "errors", lines: [[], ...refusalLines(refusals)] }];

const wordings: Wordings = {
  ...configurationText,
  ...runText,
  shown: ({ project, environment, agents }) => result(shownText(project, environment, agents)),
  environments_read: (event) => result(environmentsText(event)),
  output_read: ({ output, format, isShown }) =>
    isShown ? result(outputLines(output, format)) : [],
  output_refused: ({ refusals }) => [{ as: "errors", lines: refusalLines(refusals) }],
  output_compared: (event) => result(outputCheckText(event)),
  explained: ({ code, page }) => result(explanationText(code, page)),
  not_found: ({ key, known }) =>
    error(
      "not_found",
      `this project has no agent ${key} on the server`,
      didYouMean(key, known) ??
        (known.length === 0 ? "It has none at all." : `It has: ${listed(known)}.`),
    ),
  planned: ({ plan }, { planText }) => [...result(planText(plan)), ...refusalsOf(plan)],
  drift_found: ({ plan }, { driftText }) => [...result(driftText(plan)), ...refusalsOf(plan)],
  history_read: ({ key, id, entries }) => result(historyText(key, id, entries)),
  versions_compared: ({ key, before, after, changes }, { changesText }) =>
    result(
      changes.length === 0
        ? [
            [
              styled("success", "No difference"),
              ` between versions ${before} and ${after} of ${key}.`,
            ],
          ]
        : [[styled("strong", key), `  version ${before} → ${after}`], ...changesText(changes)],
    ),
  version_missing: ({ key, missing, known }) =>
    error(
      "version_missing",
      `${key} has no version ${listed(missing.map(String))}`,
      `It has: ${listed(known.map(String), 20)}.`,
    ),
  imported: (event) => result(importedText(event)),
  pinned: (event) => result(pinsText(event)),
  plan_saved: ({ path, args }) =>
    progress([[styled("faint", `saved as ${path}: ${shellCommand(["agentvane", ...args])}`)]]),
  plan_unusable: ({ path, fault }) =>
    error(
      "plan_unusable",
      `${path} ${planFaultText(fault)}`,
      "Nothing was written. Save a plan with `agentvane plan --out FILE`, then apply that file.",
    ),
  refused: ({ refusals }) => [{ as: "errors", lines: refusalLines(refusals) }],
  drift_refused: ({ keys }) =>
    error(
      "drift_refused",
      `${listed(keys)} ${keys.length === 1 ? "was" : "were"} changed outside agents.yaml; --auto-approve does not overwrite that`,
      "To keep an edit, copy it into agents.yaml; to keep a moved alias, pin it to that version.",
      "To overwrite it, add --on-drift=overwrite. `agentvane drift` shows what changed.",
    ),
  approval_missing: () =>
    error(
      "approval_missing",
      "cannot ask for approval: not running in a terminal",
      "Nothing was written. To run without the question, add --auto-approve.",
    ),
  declined: () => error("declined", "cancelled; nothing was written"),
  fetching: ({ again }) =>
    again
      ? progress([[styled("faint", "checking that nothing has changed since the plan …")]])
      : [],
  plan_stale: ({ differences }) =>
    error(
      "plan_stale",
      "what the plan was made for has changed since",
      ...differences.map(planDifferenceText),
      "Nothing was written. Plan again and read what is new.",
    ),
  saved_plan_done: (event) => result(savedPlanDoneText(event)),
  commit_outdated: ({ outdated }) =>
    error(
      "commit_outdated",
      "the checked-out commit is older than what was applied before",
      ...outdated.map(outdatedText),
      "Nothing was written. Check out the newest commit, or go back on purpose with --allow-rewind.",
    ),
  commit_unknown: ({ agents }) =>
    error(
      "commit_unknown",
      "the git history here does not show whether a newer commit was applied before",
      ...agents.map(({ key, commit }) => `${key}: commit ${commit}`),
      `Nothing was written. ${fetchHistory}`,
    ),
  checkout_unusable: ({ trouble }) => {
    const { problem, fix } = checkoutTroubleText(trouble);
    return error(
      "checkout_unusable",
      problem,
      "So nobody can tell whether a newer commit was applied before. Nothing was written.",
      `${fix} To apply without that check, add --allow-rewind.`,
    );
  },
  probe_started: () => progress([[styled("faint", "asking the server on a probe agent …")]]),
  probed: ({ found }) => result(probeText(found)),
  probe_failed: ({ failure }) =>
    error(
      "probe_failed",
      `the probe broke off: ${apiFailureText(failure)}`,
      apiFailureHint(failure.kind),
    ),
  probe_left: ({ id, failure }) =>
    error(
      "probe_left",
      `the probe agent ${id} could not be deleted: ${apiFailureText(failure)}`,
      "Delete it by hand; it belongs to nobody.",
    ),
  checked: ({ finding }) => result(doctorLines(finding)),
  diagnosed: ({ findings }) => result(diagnosisLines(findings)),
  apply_started: step,
  writing_started: step,
  agent_written: step,
  version_verified: step,
  phase_started: step,
  step_started: step,
  move_started: step,
  gate_started: step,
  gate_said: step,
  gate_passed: step,
  checks_finished: (event) => result(checksResult(event)),
  conversation_started: (event) => progress([partnerText(event)]),
  conversation_heard: (event) => [...progress(betweenLines(event)), ...result(answerLines(event))],
  conversation_started_over: () => progress(startedOverText),
  conversation_failed: (event) => error("conversation_failed", ...failedTalk(event)),
  conversation_stopped: ({ by }) =>
    error(
      "conversation_stopped",
      by === "timeout" ? "the run took too long" : `stopped by ${by}`,
      "Nothing was changed, and the server keeps nothing of it.",
    ),
  conversation_finished: (event) => progress([talkCost(event)]),
  check_started: step,
  check_tried: step,
  check_passed: step,
  check_failed: failure,
  check_stopped: failure,
  conversation_left: failure,
  stale_conversations_unknown: step,
  pointer_set: step,
  duplicate_deleted: step,
  apply_superseded: step,
  content_reverted: step,
  reverted: step,
  agent_deleted: step,
  apply_finished: step,
  apply_stopped: failure,
  write_failed: failure,
  listing_failed: failure,
  verify_failed: failure,
  gate_failed: failure,
  move_failed: failure,
  duplicate_left: failure,
  content_left: failure,
  pointer_taken: failure,
  revert_failed: failure,
  delete_failed: failure,
};

/** What is said about an event. */
export function eventText(event: RunEvent, context: WordingContext): readonly Message[] {
  const word = wordings[event.kind] as (
    each: RunEvent,
    context: WordingContext,
  ) => readonly Message[];
  return word(event, context);
}
