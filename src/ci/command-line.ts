import type { Task, TaskCommand } from "./task.ts";

/** The files that a run writes. */
export type CiFiles = {
  /** The saved plan; `plan` writes it unless it is refused. */
  readonly plan: string;
  /** The result of the run as JSON. */
  readonly report: string;
  /** The result as Markdown. */
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
 * The arguments for one run of agentvane that gives the exit code, the result and the saved document at once. Our
 * arguments come last, because the last one of a repeated flag wins.
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

/** One job makes and deletes previews with the same arguments: each step gets only those that apply to it. */
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
      // The sweep deletes no agent of agents.yaml, whichever environment the job names.
      return ["--ephemeral", "--auto-approve", "--format=text", report];
    case "validate":
      return ["--format=json"];
  }
}

/** The arguments of a plan for a preview that cannot be applied: it shows the errors and writes nothing. */
export function planInstead(task: Task, files: CiFiles): readonly string[] {
  const args = variableArgs(task.args);
  return commandLine({ ...task, command: "plan", preview: undefined, args }, files);
}

/** The arguments to validate the files before a task starts. */
export function validationLine({ file, environment, args }: Task): readonly string[] {
  return [
    "validate",
    ...variableArgs(args),
    ...(file === undefined ? [] : [`--file=${file}`]),
    ...(environment === undefined ? [] : [`--env=${environment}`]),
    "--format=json",
  ];
}

/** The arguments that change the meaning of the files. */
function variableArgs(args: readonly string[]): readonly string[] {
  const takesNext = ["--var", "--file", "-f", "--env"];
  return args.flatMap((word, at) => {
    if (takesNext.includes(word)) return [word, ...args.slice(at + 1, at + 2)];
    return /^--(var|file|env)=/.test(word) ? [word] : [];
  });
}
