import { describe, expect, test } from "vitest";
import type { RunEvent } from "../../src/commands/event.ts";
import { type ErrorCode, everyRow } from "../../src/report/events/every.ts";
import { runExitCode } from "../../src/report/run-exit-code.ts";
import { applied, plan, project } from "../plan/world.ts";
import { everyEvent } from "./every-event.ts";

const code = (...events: readonly RunEvent[]) =>
  runExitCode(events, everyRow, { detailedExitCode: false });

const alone: { readonly [Code in ErrorCode]: number } = {
  config_invalid: 3,
  project_unknown: 3,
  environment_needed: 3,
  key_missing: 3,
  workspace_refused: 3,
  output_refused: 3,
  file_missing: 3,
  not_found: 3,
  planned: 0,
  refused: 3,
  drift_refused: 4,
  approval_missing: 64,
  declined: 3,
  drift_found: 0,
  pins_unwritable: 0,
  pins_unwritten: 6,
  version_missing: 3,
  probe_failed: 5,
  probe_left: 6,
  plan_unusable: 4,
  plan_stale: 4,
  commit_outdated: 4,
  commit_unknown: 1,
  checkout_unusable: 1,
  read_failed: 1,
  interrupted: 130,
  diagnosed: 3,
  usage_error: 64,
  machine_error: 1,
  output_failed: 1,
  crashed: 1,
  report_unwritten: 0,
  file_exists: 3,
  file_protected: 3,
  write_failed: 4,
  listing_failed: 1,
  verify_failed: 1,
  conversation_failed: 5,
  conversation_stopped: 130,
  check_failed: 2,
  check_stopped: 0,
  conversation_left: 6,
  gate_failed: 1,
  move_failed: 4,
  pointer_taken: 4,
  revert_failed: 6,
  content_left: 6,
  duplicate_left: 6,
  delete_failed: 6,
  apply_stopped: 143,
};

describe("what each event means alone", () => {
  test.each(Object.entries(alone))("the error %s: %i", (kind, expected) => {
    expect(code(everyEvent[kind as ErrorCode])).toBe(expected);
  });

  test.each(Object.values(everyEvent).filter(({ kind }) => !Object.hasOwn(alone, kind)))(
    "$kind is no error: 0, but for an answer that is no",
    (event) => {
      expect(code(event)).toBe(event.kind === "output_compared" ? 2 : 0);
    },
  );
});

describe("when several apply", () => {
  const {
    revert_failed: split,
    apply_stopped: stopped,
    move_failed: stale,
    listing_failed: failed,
    writing_started: writing,
  } = everyEvent;
  test.each([
    ["6 before 143", [stopped, split], 6],
    ["143 before 4", [stale, stopped], 143],
    ["4 before 5", [writing, failed, stale], 4],
    ["64 before 3", [everyEvent.declined, everyEvent.usage_error], 64],
    ["3 before 1", [everyEvent.read_failed, everyEvent.declined], 3],
    ["1 before 2", [everyEvent.check_failed, everyEvent.read_failed], 1],
    ["a crash after the first write is 5", [writing, everyEvent.crashed], 5],
    ["a time-out after the first write is 5", [writing, { ...stopped, by: "timeout" as const }], 5],
    ["a time-out of an apply that sent nothing is 1", [{ ...stopped, by: "timeout" as const }], 1],
    ["a step that fails while another one is about to write is 5", [failed, writing], 5],
    ["a step that fails after the first write is 5", [writing, failed], 5],
    ["a version that fails its check then is 5", [writing, everyEvent.verify_failed], 5],
    ["a gate that fails then is 5", [writing, everyEvent.gate_failed], 5],
    ["an apply that has begun and sent nothing is 1", [everyEvent.apply_started, failed], 1],
    ["a time-out before is 1", [{ ...everyEvent.interrupted, by: "timeout" as const }], 1],
  ])("%s", (_name, events, expected) => {
    expect(code(...events)).toBe(expected);
  });
});

describe("--detailed-exitcode", () => {
  const detailed = (result: ReturnType<typeof plan>) =>
    runExitCode([{ kind: "planned", plan: result }], everyRow, { detailedExitCode: true });

  test("2 when there are changes, 0 when there are none, refusals beat 2", () => {
    expect(detailed(plan(project({ key: "a" }), []))).toBe(2);
    expect(detailed(plan(project(), []))).toBe(0);
    expect(detailed(plan(project({ key: "a", id: "ag_x" }), []))).toBe(3);
  });

  test("drift is found or it is not, whatever the file wants", () => {
    const found = (event: RunEvent) => runExitCode([event], everyRow, { detailedExitCode: true });
    expect(found(everyEvent.drift_found)).toBe(2);
    const pending = plan(project({ key: "a", description: "new" }), [applied({ key: "a" })]);
    expect(found({ kind: "drift_found", plan: pending })).toBe(0);
  });
});
