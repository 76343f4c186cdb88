import type { Findings } from "./findings.ts";
import type { Task } from "./task.ts";

/**
 * The exit code of the step: that of the command. Code 2 is informative and becomes 0, unless the job should fail on
 * drift.
 */
export function stepExitCode(task: Task, code: number, { drift }: Findings): number {
  if (code !== 0 && code !== 2) return code;
  const looks = task.command === "plan" || task.command === "drift";
  return task.failOnDrift && drift === true && looks ? 2 : 0;
}
