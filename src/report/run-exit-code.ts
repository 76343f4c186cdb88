import type { RunEvent } from "../commands/event.ts";
import { hasDrifted } from "../plan/agent-drift.ts";
import { hasChanges } from "../plan/has-changes.ts";
import type { ProgramRows } from "./event-row.ts";
import type { ExitCode } from "./exit-code.ts";
import { eventExitCode, hasWritten } from "./run-error.ts";

/** Which code a run ends with when several apply, the strongest first. */
const precedence: readonly ExitCode[] = [6, 129, 130, 143, 4, 5, 64, 3, 1, 2, 0];

/** The exit code that the events of a run mean. 2 is only used when it was requested. */
export function runExitCode(
  events: readonly RunEvent[],
  rows: ProgramRows,
  { detailedExitCode }: { readonly detailedExitCode: boolean },
): number {
  const wrote = hasWritten(events);
  const codes = new Set<ExitCode>([0]);
  for (const event of events) {
    codes.add(eventExitCode(event, rows, wrote));
    if (detailedExitCode && hasFindings(event)) codes.add(2);
  }
  return precedence.find((code) => codes.has(code)) ?? 0;
}

/** Whether `--detailed-exitcode` should report something. */
function hasFindings(event: RunEvent): boolean {
  if (event.kind === "planned") return hasChanges(event.plan);
  return event.kind === "drift_found" && event.plan.agents.some(hasDrifted);
}
