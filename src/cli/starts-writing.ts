import type { RunEvent } from "../commands/event.ts";

type Kind = RunEvent["kind"];

/** For each event that begins something: whether a run that is asked to stop has something to revert from then on. */
const starts = {
  apply_started: true,
  probe_started: true,
  check_started: true,
  conversation_started: true,
  // These are parts of an apply, which has started before.
  writing_started: false,
  phase_started: false,
  step_started: false,
  move_started: false,
  gate_started: false,
} satisfies { readonly [Each in Extract<Kind, `${string}_started`>]: boolean };

/** Whether a run ends gracefully from this event on when it is asked to stop. */
export function startsWriting(kind: Kind): boolean {
  return (starts as { readonly [Each in Kind]?: boolean })[kind] === true;
}
