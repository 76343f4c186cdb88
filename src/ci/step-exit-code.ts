import type { Findings } from "./findings.ts";
import type { Task } from "./task.ts";

/**
 * The code that the job ends with: that of the command, except that 2 says something and is no failure, unless
 * the job is to fail on drift.
 */
export function stepExitCode(task: Task, code: number, { drift }: Findings): number {
  if (code !== 0 && code !== 2) return code;
  const looks = task.command === "plan" || task.command === "drift";
  return task.failOnDrift && drift === true && looks ? 2 : 0;
}
