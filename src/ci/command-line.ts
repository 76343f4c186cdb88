import type { Task, TaskCommand } from "./task.ts";

/** The files that a run leaves behind. */
export type CiFiles = {
  /** The saved plan; written by `plan` unless it is refused. */
  readonly plan: string;
  /** What the run came to, as JSON. */
  readonly report: string;
  /** The Markdown of the result. */
  readonly markdown: string;
};

/** A command of agentvane that a CI job runs. */
export type Subcommand = Exclude<TaskCommand, "preview"> | "destroy";

/** The command that a task runs. */
export function subcommandOf({ command, preview }: Task): Subcommand {
  if (command !== "preview") return command;
  return preview === "apply" ? "apply" : "destroy";
}

/**
 * The arguments for one run of agentvane that serves the exit code, the result and the saved document at once.
 * Ours stand last: of a repeated flag the last one wins.
 */
export function commandLine(task: Task, files: CiFiles): readonly string[] {
  const { words, file, environment, savedPlan } = task;
  return [
    subcommandOf(task),
    ...words,
    ...(savedPlan === undefined ? [] : [savedPlan]),
    ...argsOf(task),
    ...(file === undefined ? [] : [`--file=${file}`]),
    ...(environment === undefined ? [] : [`--env=${environment}`]),
    ...resultFlags(task, files),
  ];
}

/** One job makes and deletes previews with the same arguments: each step gets those that it has a use for. */
function argsOf({ args, preview }: Task): readonly string[] {
  switch (preview) {
    case undefined:
      return args;
    case "apply":
      return args.filter((word, at) => !isAge(word) && args[at - 1] !== ageFlag);
    case "destroy":
      return variableArgs(args);
    case "sweep": {
      const ages = args.filter((word, at) => isAge(word) || args[at - 1] === ageFlag);
      // A week, unless the job says otherwise.
      return [...variableArgs(args), ...(ages.length > 0 ? ages : [`${ageFlag}=7d`])];
    }
  }
}

const ageFlag = "--older-than";

function isAge(word: string): boolean {
  return word === ageFlag || word.startsWith(`${ageFlag}=`);
}

function resultFlags(task: Task, files: CiFiles): readonly string[] {
  const { savedPlan, onDrift } = task;
  const report = `--report=${files.report}`;
  switch (subcommandOf(task)) {
    case "plan":
      return ["--detailed-exitcode", "--format=markdown", `--out=${files.plan}`, report];
    case "drift":
      return ["--detailed-exitcode", "--format=markdown", report];
    case "apply":
      return [
        ...(savedPlan === undefined ? ["--auto-approve"] : []),
        ...(onDrift === undefined ? [] : [`--on-drift=${onDrift}`]),
        "--format=markdown",
        report,
      ];
    case "promote":
    case "rollback":
      return ["--auto-approve", "--format=text", report];
    case "destroy":
      // It spares what agents.yaml names, whatever environment the job gives.
      return ["--ephemeral", "--auto-approve", "--format=text", report];
    case "validate":
      return ["--format=json"];
  }
}

/** The arguments of a plan that says what is wrong where a preview cannot be applied; it writes nothing. */
export function planInstead(task: Task, files: CiFiles): readonly string[] {
  const args = variableArgs(task.args);
  return commandLine({ ...task, command: "plan", preview: undefined, args }, files);
}

/** The arguments with which the files alone are looked at, before a task is begun. */
export function validationLine({ file, environment, args }: Task): readonly string[] {
  return [
    "validate",
    ...variableArgs(args),
    ...(file === undefined ? [] : [`--file=${file}`]),
    ...(environment === undefined ? [] : [`--env=${environment}`]),
    "--format=json",
  ];
}

/** Of the arguments those that change what the files mean. */
function variableArgs(args: readonly string[]): readonly string[] {
  const takesNext = ["--var", "--file", "-f", "--env"];
  return args.flatMap((word, at) => {
    if (takesNext.includes(word)) return [word, ...args.slice(at + 1, at + 2)];
    return /^--(var|file|env)=/.test(word) ? [word] : [];
  });
}
