import type { RunEvent } from "../../commands/event.ts";
import { type ExitCode, exitCodeOf } from "../exit-code.ts";

/** What an event that went wrong is called in every format; its exit code decides. Undefined where nothing went wrong. */
export function failureTitle(event: RunEvent): string | undefined {
  if (event.kind === "config_invalid") return "Invalid configuration";
  if (event.kind === "interrupted" || event.kind === "apply_stopped") return "Stopped";
  return titles[exitCodeOf(event, false)];
}

const titles: { readonly [Code in ExitCode]: string | undefined } = {
  0: undefined,
  1: "Failed",
  2: "Failed",
  3: "Refused",
  4: "Refused",
  5: "Failed",
  6: "To be repaired by hand",
  64: "Failed",
  129: "Stopped",
  130: "Stopped",
  143: "Stopped",
};

/** Whether the first thing that went wrong is a rule's no, so that trying again does not help. */
export function isRefused(events: readonly RunEvent[]): boolean {
  const first = events.map(failureTitle).find((title) => title !== undefined);
  return first === "Refused" || first === "Invalid configuration";
}
