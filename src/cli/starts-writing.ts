import type { RunEvent } from "../commands/event.ts";

type EventKind = RunEvent["kind"];

/** For each event that starts something: whether a run has something to revert from then on. */
const starts = {
  apply_started: true,
  probe_started: true,
  check_started: true,
  conversation_started: true,
  // Parts of an apply, which has started before.
  writing_started: false,
  phase_started: false,
  step_started: false,
  move_started: false,
  gate_started: false,
} satisfies { readonly [Each in Extract<EventKind, `${string}_started`>]: boolean };

/** Whether a run that is asked to stop after this event ends gracefully. */
export function startsWriting(kind: EventKind): boolean {
  return (starts as { readonly [Each in EventKind]?: boolean })[kind] === true;
}
