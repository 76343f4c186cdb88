import type { StopReason } from "../apply/event.ts";

/** Every exit code; `exit-meanings.ts` describes each one. */
export type ExitCode = 0 | 1 | 2 | 3 | 4 | 5 | 6 | 64 | 129 | 130 | 143;

/** The exit codes of a run that was stopped after it had begun to write. */
export const stopCode = {
  SIGINT: 130,
  SIGTERM: 143,
  SIGHUP: 129,
  timeout: 5,
} as const satisfies Record<StopReason, ExitCode>;

/** How a run ends that fails for a reason that is nobody's rule and nobody else's work. */
export function failureCode(_event: unknown, hasWritten: boolean): 1 | 5 {
  return hasWritten ? 5 : 1;
}
