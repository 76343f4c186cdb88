import type { DesiredAgent, DesiredProject, Gate, KeyRename } from "../agent/definition.ts";
import type { RemoteAlias } from "../agent/remote-agent.ts";
import type { RunEvent } from "../commands/event.ts";
import type { HistoryEntry } from "../commands/history-entry.ts";
import type { BoundNote, ImportedNote, LeftOutNote } from "../commands/imported-note.ts";
import type { PlanFault } from "../commands/plan-fault.ts";
import type { OutputAgent, ProjectOutput } from "../commands/project-output.ts";
import type { RemoteEnvironment } from "../commands/remote-environment.ts";
import type { ShownAgent } from "../commands/shown-agent.ts";
import type { MemberProblem } from "../config/check-members.ts";
import type { PlanDifference } from "../plan/plan-difference.ts";
import { maskCheck, maskTalkFailure, maskTranscript, maskTry } from "./mask-check.ts";
import { maskCheckoutProblem, maskOutdated, maskRecorded } from "./mask-commit.ts";
import { maskDoctorCheck, maskWorkspace } from "./mask-doctor-check.ts";
import { maskGateEnd, maskStepFailure, maskFailure as requestFailure } from "./mask-failure.ts";
import { maskJson } from "./mask-json.ts";
import { maskPath } from "./mask-path.ts";
import { maskChange, maskPlan } from "./mask-plan.ts";
import { maskPosition } from "./mask-position.ts";
import { maskProblem, maskProblemKind } from "./mask-problem.ts";
import { maskRefusal } from "./mask-refusal.ts";
import { cases, each, entries, kept, members, own, type Rule, text } from "./rule.ts";

const failure = maskStepFailure;
const refusals = each(maskRefusal);
const gate = { command: text, output: each(text) } as const;

const maskAgent = members<DesiredAgent>({
  definition: maskJson,
  ignoreChanges: each(maskPath),
  libraryNames: entries(kept, each(own)),
  forgottenFile: own,
  ignoredHere: each(maskPath),
  at: maskPosition,
});

const desired = members<DesiredProject>({
  project: own,
  environment: own,
  agents: each(maskAgent),
  renames: each(members<KeyRename>({ at: maskPosition })),
  checks: each(maskCheck),
  gates: each(members<Gate>({ run: text, at: maskPosition, files: kept })),
  unsetSecrets: kept,
});

const shown = members<ShownAgent>({
  key: own,
  agent: maskJson,
  aliases: each(members<RemoteAlias>({ created_at: own, updated_at: own })),
});

const unsaid = each(members<MemberProblem>({ path: maskPath, problem: maskProblemKind }));
const leftOut = each(members<LeftOutNote>({ name: text, unsaid }));
const imported = members<ImportedNote>({
  name: text,
  secrets: each(own),
  unknownTools: each(own),
  unsaid,
});

const output = members<ProjectOutput>({
  project: own,
  environment: own,
  agents: each(members<OutputAgent>({ name: text, aliases: kept })),
});

const entry = members<HistoryEntry>({
  time: text,
  notAfter: text,
  release: own,
  message: text,
  commit: own,
});

const differences = each(
  cases<PlanDifference, "kind">("kind", {
    scope: { before: own, now: own },
    property: { path: own },
    pointer: { pointer: own, before: kept, now: kept },
    alias: { alias: own },
    gate: { command: text },
    check: { check: own },
    refusal: { refusal: maskRefusal },
  }),
);

const fault = cases<PlanFault, "kind">("kind", { other_tool: { tool: own } });

/** An event for output. Values from outside are masked before any output is made of them. */
export const maskEvent: Rule<RunEvent> = cases<RunEvent, "kind">("kind", {
  config_invalid: { problems: each(maskProblem) },
  config_skipped: { problems: each(maskProblem) },
  environment_needed: { project: own, known: each(own) },
  key_missing: { variable: own },
  secret_weak: { variable: own },
  workspace_refused: { expected: own, found: maskWorkspace },
  workspace_untold: { expected: own },
  validated: { desired, files: each(own), environments: each(own), unset: each(own) },
  variables_unset: { variables: each(own) },
  rendered: { desired },
  shown: { project: own, environment: own, agents: each(shown) },
  not_found: { key: own, known: each(own) },
  planned: { plan: maskPlan },
  drift_found: { plan: maskPlan },
  environments_read: {
    project: own,
    environments: each(members<RemoteEnvironment>({ name: own, release: own })),
    unread: each(own),
  },
  output_read: { output },
  output_refused: { refusals },
  output_compared: { path: own, lacking: each(text) },
  explained: { code: own, page: kept },
  history_read: { key: own, entries: each(entry) },
  versions_compared: { key: own, changes: each(maskChange) },
  version_missing: { key: own },
  imported: { agents: each(imported), bound: each(members<BoundNote>({ name: text })), leftOut },
  pinned: { pins: kept, environment: own, pattern: own },
  pins_unwritable: { paths: each(own) },
  pins_unwritten: { path: own, reason: own },
  plan_saved: { path: own, args: each(own) },
  plan_unusable: { path: own, fault },
  refused: { refusals },
  plan_stale: { differences },
  commit_outdated: { outdated: each(maskOutdated) },
  commit_unknown: { agents: each(maskRecorded) },
  checkout_unusable: { problem: maskCheckoutProblem },
  read_failed: { failure: requestFailure },
  api_deprecated: { method: kept, path: own, since: text, ends: text },
  waiting: { method: kept, path: own },
  usage_error: { problem: own, hint: own },
  machine_error: { what: own, reason: own },
  crashed: { message: own, stack: own },
  probed: { found: kept },
  probe_failed: { failure: requestFailure },
  probe_left: { failure: requestFailure },
  checked: { finding: maskDoctorCheck },
  diagnosed: { findings: each(maskDoctorCheck) },
  output_failed: { reason: own },
  started: { file: own },
  file_written: { path: own },
  data_busy: { path: own },
  file_exists: { path: own },
  file_protected: { what: own, why: own },
  report_unwritten: { path: own, reason: own },
  file_missing: { path: own },
  apply_superseded: { agents: kept },
  apply_started: { release: own },
  write_failed: { failure },
  listing_failed: { failure },
  verify_failed: { failure },
  move_failed: { failure },
  revert_failed: { failure },
  duplicate_left: { failure },
  delete_failed: { failure },
  check_started: { check: own },
  check_tried: { check: own, attempt: maskTry },
  check_passed: { check: own, tries: each(maskTry) },
  check_failed: { check: own, tries: each(maskTry) },
  check_stopped: { check: own },
  checks_finished: { skipped: each(own) },
  conversation_started: { name: text, by: kept },
  conversation_heard: { lines: maskTranscript },
  conversation_failed: { failure: maskTalkFailure },
  conversation_finished: { usage: kept },
  conversation_left: { id: own, failure: requestFailure },
  stale_conversations_unknown: { failure: requestFailure },
  content_left: { paths: each(maskPath) },
  gate_started: { command: text },
  gate_said: { line: text },
  gate_passed: gate,
  gate_failed: { ...gate, end: maskGateEnd },
});
