import type { ApplyEvent } from "../apply/event.ts";
import type { RunEvent } from "../commands/event.ts";

/** What an event of an apply is in its report: an operation of its own, a part of one, or a mark in time. */
const applySteps = {
  apply_started: "mark",
  writing_started: "mark",
  phase_started: "mark",
  step_started: "mark",
  move_started: "mark",
  apply_superseded: "mark",
  apply_stopped: "mark",
  apply_finished: "mark",
  gate_started: "part",
  gate_said: "part",
  check_started: "part",
  check_tried: "part",
  agent_written: "operation",
  write_failed: "operation",
  listing_failed: "operation",
  version_verified: "operation",
  verify_failed: "operation",
  gate_passed: "operation",
  gate_failed: "operation",
  check_passed: "operation",
  check_failed: "operation",
  check_stopped: "operation",
  conversation_left: "operation",
  stale_conversations_unknown: "operation",
  pointer_set: "operation",
  move_failed: "operation",
  reverted: "operation",
  pointer_taken: "operation",
  revert_failed: "operation",
  duplicate_deleted: "operation",
  duplicate_left: "operation",
  content_reverted: "operation",
  content_left: "operation",
  agent_deleted: "operation",
  delete_failed: "operation",
} as const satisfies { readonly [Kind in ApplyEvent["kind"]]: "operation" | "part" | "mark" };

/** Whether an event is one of an apply. */
export function isApplyEvent(event: RunEvent): event is ApplyEvent {
  return Object.hasOwn(applySteps, event.kind);
}

/** Whether an event is an operation of an apply, with its outcome. */
export function isOperation(event: RunEvent): event is ApplyEvent {
  return isApplyEvent(event) && applySteps[event.kind] === "operation";
}

/** Whether an event is a part of an operation, such as a line that a gate prints. */
export function isPart({ kind }: ApplyEvent): boolean {
  return applySteps[kind] === "part";
}
