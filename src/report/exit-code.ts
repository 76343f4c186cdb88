import { isConcurrency, type StepFailure, type StopReason } from "../apply/event.ts";
import { severityOf } from "../commands/doctor-check.ts";
import type { RunEvent } from "../commands/event.ts";
import { hasDrifted } from "../plan/agent-drift.ts";
import { hasChanges } from "../plan/has-changes.ts";
import { refusalExitCode } from "../plan/refusal-table.ts";

/** Every exit code there is; `exit-meanings.ts` says what each one means. */
export type ExitCode = 0 | 1 | 2 | 3 | 4 | 5 | 6 | 64 | 129 | 130 | 143;

/** What an event alone means for the exit code, given whether something was written before it. */
type Verdict<Event> = (event: Event, hasWritten: boolean) => ExitCode;

const fine = () => 0 as const;
const refused = () => 3 as const;
const brokenOff = (_event: unknown, hasWritten: boolean) => (hasWritten ? 5 : 1);
const stepCode = (event: { readonly failure: StepFailure }, hasWritten: boolean) =>
  isConcurrency(event.failure) ? 4 : brokenOff(event, hasWritten);

/** How a run ends that was asked to stop after it had begun to write. */
export const stopCode = {
  SIGINT: 130,
  SIGTERM: 143,
  SIGHUP: 129,
  timeout: 5,
} as const satisfies Record<StopReason, ExitCode>;

const verdicts = {
  config_invalid: refused,
  project_unknown: refused,
  config_skipped: fine,
  environment_needed: refused,
  key_missing: refused,
  workspace_refused: refused,
  workspace_untold: fine,
  not_found: refused,
  version_missing: refused,
  declined: refused,
  file_exists: refused,
  file_missing: refused,
  output_refused: ({ refusals }) => refusalExitCode(refusals),
  output_compared: ({ holds }) => (holds ? 0 : 2),
  file_protected: refused,
  refused: ({ refusals }) => refusalExitCode(refusals),
  planned: ({ plan }) => (plan.refusals.length > 0 ? refusalExitCode(plan.refusals) : 0),
  drift_refused: () => 4,
  drift_found: ({ plan }) => (plan.refusals.length > 0 ? refusalExitCode(plan.refusals) : 0),
  plan_stale: () => 4,
  commit_outdated: () => 4,
  commit_unknown: () => 1,
  checkout_unusable: () => 1,
  plan_unusable: ({ fault }) => (fault.kind === "missing" ? 3 : 4),
  approval_missing: () => 64,
  usage_error: () => 64,
  read_failed: brokenOff,
  machine_error: brokenOff,
  crashed: brokenOff,
  output_failed: ({ product }) => (product === "output" ? 1 : 0),
  interrupted: ({ by }) => (by === "timeout" ? 1 : stopCode[by]),
  apply_stopped: ({ by }, hasWritten) => (by === "timeout" && !hasWritten ? 1 : stopCode[by]),
  write_failed: stepCode,
  listing_failed: stepCode,
  verify_failed: stepCode,
  gate_failed: brokenOff,
  // On its own a check says how things stand; in an apply it keeps a release from happening.
  check_failed: (_event, hasWritten) => (hasWritten ? 5 : 2),
  conversation_left: () => 6,
  probe_failed: () => 5,
  probe_left: () => 6,
  move_failed: stepCode,
  duplicate_left: () => 6,
  content_left: () => 6,
  pointer_taken: () => 4,
  revert_failed: () => 6,
  delete_failed: () => 6,
  apply_started: fine,
  writing_started: fine,
  agent_written: fine,
  version_verified: fine,
  phase_started: fine,
  step_started: fine,
  move_started: fine,
  gate_started: fine,
  gate_said: fine,
  gate_passed: fine,
  conversation_failed: () => 5,
  conversation_stopped: ({ by }) => stopCode[by],
  checks_finished: fine,
  conversation_started: fine,
  conversation_heard: fine,
  conversation_started_over: fine,
  conversation_finished: fine,
  check_started: fine,
  check_tried: fine,
  check_passed: fine,
  check_stopped: () => 0 as ExitCode,
  stale_conversations_unknown: fine,
  pointer_set: fine,
  duplicate_deleted: fine,
  content_reverted: fine,
  reverted: fine,
  agent_deleted: fine,
  apply_superseded: fine,
  apply_finished: fine,
  validated: fine,
  secret_weak: fine,
  variables_unset: fine,
  rendered: fine,
  shown: fine,
  output_read: fine,
  environments_read: fine,
  explained: fine,
  checked: fine,
  diagnosed: ({ findings }) => {
    const found = new Set(findings.map(severityOf));
    return found.has("rule") ? 3 : found.has("server") ? 1 : 0;
  },
  waiting: fine,
  api_deprecated: fine,
  pins_unwritable: fine,
  pins_unwritten: () => 6,
  plan_saved: fine,
  data_busy: fine,
  report_unwritten: fine,
  saved_plan_done: fine,
  fetching: fine,
  history_read: fine,
  versions_compared: fine,
  pinned: fine,
  imported: fine,
  probe_started: fine,
  probed: fine,
  started: fine,
  file_written: fine,
} satisfies { readonly [Kind in RunEvent["kind"]]: Verdict<RunEvent & { kind: Kind }> };

type Verdicts = typeof verdicts;

/** The events after which all is well: they are told and are no error in any format. */
export type FineKind = {
  [Kind in keyof Verdicts]: Verdicts[Kind] extends typeof fine ? Kind : never;
}[keyof Verdicts];

/** Which code stands when several apply, the strongest first. */
const precedence: readonly ExitCode[] = [6, 129, 130, 143, 4, 5, 64, 3, 1, 2, 0];

/** The exit code that the events of a run stand for. 2 is only used when it was asked for. */
export function exitCode(
  events: readonly RunEvent[],
  { detailedExitCode }: { readonly detailedExitCode: boolean },
): number {
  // Several steps are under way at once: one may fail before, and another one write after that.
  const hasWritten = events.some(
    ({ kind }) => kind === "writing_started" || kind === "probe_started",
  );
  const codes = new Set<ExitCode>([0]);
  for (const event of events) {
    codes.add(judge(event, hasWritten));
    if (detailedExitCode && hasFindings(event)) codes.add(2);
  }
  return precedence.find((code) => codes.has(code)) ?? 0;
}

/** Whether there is what `--detailed-exitcode` asks about. */
function hasFindings(event: RunEvent): boolean {
  if (event.kind === "planned") return hasChanges(event.plan);
  return event.kind === "drift_found" && event.plan.agents.some(hasDrifted);
}

/** What one event means for the exit code, given whether something was written before it. */
export function exitCodeOf(event: RunEvent, hasWritten: boolean): ExitCode {
  return judge(event, hasWritten);
}

function judge<Kind extends RunEvent["kind"]>(
  event: RunEvent & { readonly kind: Kind },
  hasWritten: boolean,
): ExitCode {
  const verdict = verdicts[event.kind as Kind] as Verdict<RunEvent & { kind: Kind }>;
  return verdict(event, hasWritten);
}
