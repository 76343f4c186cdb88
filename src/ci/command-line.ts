import type { Task } from "./task.ts";

/** The files that a run leaves behind. */
export type CiFiles = {
  /** The saved plan; written by `plan` unless it is refused. */
  readonly plan: string;
  /** What an apply did. */
  readonly report: string;
  /** The Markdown of the result. */
  readonly markdown: string;
};

/**
 * The arguments for one run of agentvane that serves the exit code, the Markdown and the saved document at once.
 * Ours stand last: of a repeated flag the last one wins.
 */
export function commandLine(task: Task, files: CiFiles): readonly string[] {
  const { command, file, environment, args, savedPlan } = task;
  return [
    command,
    ...(savedPlan === undefined ? [] : [savedPlan]),
    ...args,
    ...(file === undefined ? [] : [`--file=${file}`]),
    ...(environment === undefined ? [] : [`--env=${environment}`]),
    ...resultFlags(task, files),
  ];
}

function resultFlags({ command, savedPlan, onDrift }: Task, files: CiFiles): readonly string[] {
  switch (command) {
    case "plan":
      return ["--detailed-exitcode", "--format=markdown", `--out=${files.plan}`];
    case "drift":
      return ["--detailed-exitcode", "--format=markdown"];
    case "apply":
      return [
        ...(savedPlan === undefined ? ["--auto-approve"] : []),
        ...(onDrift === undefined ? [] : [`--on-drift=${onDrift}`]),
        "--format=markdown",
        `--report=${files.report}`,
      ];
    case "validate":
      return ["--format=json"];
  }
}
