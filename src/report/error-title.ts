import type { ExitCode } from "./exit-code.ts";
import { firstError, type RunError } from "./run-error.ts";

/** What kind of error it is, in every format. */
export function errorTitle({ code, exit, parts }: RunError): string {
  if (code === "config_invalid") return "Invalid configuration";
  if (code === "interrupted" || code === "apply_stopped") return "Stopped";
  // Nothing forbade a step of an apply that somebody else's work kept from succeeding.
  const isStep = parts[0]?.mark === "failed_step";
  return isStep && exit === 4 ? "Failed" : titles[exit];
}

const titles: { readonly [Code in ExitCode]: string } = {
  0: "Warning",
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

/** Whether the first failure is a refusal, so that a retry does not help. */
export function isRefused(errors: readonly RunError[]): boolean {
  const exit = firstError(errors)?.exit;
  return exit === 3 || exit === 4;
}
