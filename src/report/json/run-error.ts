import type { Json, JsonObject } from "../../agent/json.ts";
import type { StepFailure } from "../../apply/event.ts";
import { type DoctorCheck, isFailure, severityOf } from "../../commands/doctor-check.ts";
import type { RunEvent } from "../../commands/event.ts";
import type { FineKind } from "../exit-code.ts";
import { counted } from "../safe/truncate.ts";
import { checkFailedText, checkFailureText } from "../words/check.ts";
import { checkoutTroubleText, outdatedText } from "../words/checkout-note.ts";
import { doctorCheckText } from "../words/doctor-check.ts";
import {
  apiFailureText,
  gateFailureText,
  stepFailureText,
  takenText,
  verifyFailureText,
} from "../words/failure.ts";
import { planDifferenceText, planFaultText } from "../words/plan-difference.ts";
import { problemText } from "../words/problem.ts";
import { withPathTexts } from "./path-texts.ts";
import { plain, refusalJson } from "./plan.ts";
import { stepJson } from "./step.ts";

/** What went wrong, as JSON: a code that stays, a sentence for people, and the data behind it. */
export type RunError = {
  readonly code: string;
  readonly message: string;
  readonly details: Json;
};

type Find = (event: never) => Omit<RunError, "code"> | undefined;

/** Every event that means another exit code than 0 has its error; those that mean 0 are no error. */
type Findings = {
  readonly [Kind in Exclude<RunEvent["kind"], FineKind>]: (
    event: Extract<RunEvent, { kind: Kind }>,
  ) => Omit<RunError, "code"> | undefined;
};

const fine = () => undefined;
const failure = (event: { readonly failure: StepFailure }) => ({
  message: stepFailureText(event.failure),
  details: stepJson(event),
});

const findings: Findings = {
  config_invalid: ({ problems }) => ({
    message: `the configuration has ${counted(problems.length, "problem")}`,
    details: problems.map((problem) => {
      const { code, at, environments } = problem;
      return { code, ...at, ...problemText(problem), ...(environments && { environments }) };
    }),
  }),
  project_unknown: () => ({ message: "the project is not known", details: {} }),
  environment_needed: ({ project, known }) => ({
    message: `project ${project} has agents only in environments`,
    details: { project, known },
  }),
  key_missing: ({ variable }) => ({ message: `${variable} is not set`, details: { variable } }),
  workspace_refused: ({ expected, found }) => ({
    message: `the API key belongs to workspace ${found.name}, not ${expected}`,
    details: { expected, found: { ...found } },
  }),
  not_found: ({ key, known }) => ({ message: `no agent ${key}`, details: { key, known } }),
  version_missing: ({ key, missing, known }) => ({
    message: `${key} has no version ${missing.join(", ")}`,
    details: { key, missing, known },
  }),
  planned: ({ plan }) =>
    plan.refusals.length === 0
      ? undefined
      : { message: "the plan is refused", details: plan.refusals.map(refusalJson) },
  refused: ({ refusals }) => ({
    message: "refused before anything was written",
    details: refusals.map(refusalJson),
  }),
  output_refused: ({ refusals }) => ({
    message: "the output cannot be given",
    details: refusals.map(refusalJson),
  }),
  drift_refused: ({ keys }) => ({
    message: "edits made outside would be overwritten",
    details: { keys },
  }),
  approval_missing: () => ({ message: "nobody can be asked", details: {} }),
  declined: () => ({ message: "declined", details: {} }),
  plan_stale: ({ differences }) => ({
    message: `the plan no longer holds: ${differences.map(planDifferenceText).join("; ")}`,
    details: differences.map(plain),
  }),
  commit_outdated: ({ outdated }) => ({
    message: `the checked-out commit is older than what was applied before: ${outdated.map(outdatedText).join("; ")}`,
    details: outdated.map(plain),
  }),
  commit_unknown: ({ agents }) => ({
    message: "the git history here does not show whether a newer commit was applied before",
    details: agents.map(plain),
  }),
  checkout_unusable: ({ trouble }) => ({
    message: checkoutTroubleText(trouble).problem,
    details: plain(trouble),
  }),
  plan_unusable: ({ path, fault }) => ({
    message: `${path} ${planFaultText(fault)}`,
    details: { path, ...fault },
  }),
  drift_found: ({ plan }) =>
    plan.refusals.length === 0
      ? undefined
      : { message: "the project cannot be judged", details: plan.refusals.map(refusalJson) },
  diagnosed: ({ findings }) => {
    const failures = findings.filter(isFailure);
    return failures.length === 0
      ? undefined
      : {
          message: `${counted(failures.length, "check")} failed`,
          details: failures.map(doctorCheckJson),
        };
  },
  read_failed: (event) => ({
    message: apiFailureText(event.failure),
    details: plain(event.failure),
  }),
  interrupted: ({ by }) => ({ message: "interrupted", details: { by } }),
  usage_error: ({ problem, hint }) => ({ message: problem, details: { hint } }),
  machine_error: ({ what, reason }) => ({ message: `${what}: ${reason}`, details: {} }),
  output_failed: ({ reason }) => ({
    message: `the output could not be written: ${reason}`,
    details: { reason },
  }),
  crashed: ({ message, stack }) => ({ message, details: { stack } }),
  file_missing: ({ path }) => ({ message: `${path} does not exist`, details: { path } }),
  file_protected: ({ what, why }) => ({ message: `${what} ${why}`, details: {} }),
  file_exists: ({ path }) => ({ message: `${path} exists already`, details: { path } }),
  write_failed: failure,
  listing_failed: failure,
  verify_failed: (event) => ({ ...failure(event), message: verifyFailureText(event.failure) }),
  gate_failed: (event) => ({ message: gateFailureText(event), details: plain(event) }),
  check_failed: (event) => ({ message: checkFailedText(event), details: plain(event) }),
  conversation_failed: (event) => ({
    message: checkFailureText(event.failure),
    details: plain(event.failure),
  }),
  conversation_stopped: ({ by }) => ({ message: "stopped", details: { by } }),
  check_stopped: ({ key, check }) => ({
    message: `the check ${check} of ${key} was ended`,
    details: { key, check },
  }),
  conversation_left: ({ id, failure: why }) => ({
    message: `the conversation ${id} could not be deleted`,
    details: { id, ...plain(why) },
  }),
  move_failed: failure,
  probe_failed: (event) => ({
    message: apiFailureText(event.failure),
    details: plain(event.failure),
  }),
  probe_left: ({ id, failure: why }) => ({
    message: `the probe agent ${id} could not be deleted`,
    details: { id, ...plain(why) },
  }),
  duplicate_left: ({ key, id }) => ({
    message: `${id} is a second agent for ${key}`,
    details: { key, id },
  }),
  pointer_taken: (event) => ({ message: takenText(event), details: plain(event) }),
  content_left: ({ key, version, paths }) => ({
    message: `version ${version} of ${key} was changed in place and could not be reverted`,
    details: { key, version, ...withPathTexts({ paths }) },
  }),
  revert_failed: failure,
  delete_failed: failure,
  apply_stopped: ({ by }) => ({ message: "stopped", details: { by } }),
  output_compared: fine,
  pins_unwritten: ({ path, reason }) => ({
    message: `the pins in ${path} could not be written: ${reason}`,
    details: { path },
  }),
};

/** The first thing that went wrong in a run; undefined when nothing did. */
export function runError(events: readonly RunEvent[]): RunError | undefined {
  for (const event of events) {
    const find = (findings as { readonly [kind: string]: Find | undefined })[event.kind];
    const found = find?.(event as never);
    if (found !== undefined) return { code: event.kind, ...found };
  }
  return undefined;
}

/** A finding of `doctor` as JSON: a name that stays, how it is, and what to do about it. */
export function doctorCheckJson(finding: DoctorCheck): JsonObject {
  const { kind, ...details } = plain(finding);
  const { message, advice } = doctorCheckText(finding);
  const status = isFailure(finding) ? "failure" : severityOf(finding);
  return { check: kind ?? null, status, message, advice: advice ?? null, details };
}
