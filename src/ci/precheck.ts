import type { CommandEnd, RunCommand } from "./ci-world.ts";
import { validationLine } from "./command-line.ts";
import type { JobContext } from "./job-context.ts";
import type { Task, TaskCommand } from "./task.ts";
import { validationIn } from "./validation.ts";

/** The result of checking the files before a task starts. */
export type Precheck =
  | { readonly kind: "go" }
  /** The forge gives this job no secrets, and the files are not valid: the end of `validate`. */
  | { readonly kind: "invalid"; readonly end: CommandEnd }
  /** The forge gives this job no secrets, and the task needs these variables. */
  | {
      readonly kind: "skip";
      readonly withheld: "fork" | "dependabot";
      readonly unset: readonly string[];
    }
  /** Unknown whether the environment of a preview is ephemeral, because the files are not valid. */
  | { readonly kind: "unknown" }
  /** The environment of a preview is not ephemeral, so it may be in production. */
  | { readonly kind: "not_ephemeral" };

/** Tasks of a pull request that need secrets. */
const needsSecrets: { readonly [Command in TaskCommand]: boolean } = {
  plan: true,
  drift: true,
  preview: true,
  validate: false,
  // Without a key these fail: a release that was skipped must not look like a success.
  apply: false,
  promote: false,
  rollback: false,
};

/** Validates the files first if the task cannot be done, or not safely, without knowing what they contain. */
export async function precheck(run: RunCommand, task: Task, job: JobContext): Promise<Precheck> {
  const { command, preview, args } = task;
  const withheld = needsSecrets[command] && !args.includes("--local") ? job.withheld : undefined;
  const mustBeEphemeral = preview === "apply";
  if (withheld === undefined && !mustBeEphemeral) return { kind: "go" };
  const end = await run(validationLine(task));
  const validation = end.kind === "ended" && end.code === 0 ? validationIn(end.out) : undefined;
  if (validation === undefined) {
    return withheld === undefined ? { kind: "unknown" } : { kind: "invalid", end };
  }
  const { unset, isEphemeral } = validation;
  if (withheld !== undefined && unset.length > 0) return { kind: "skip", withheld, unset };
  return mustBeEphemeral && !isEphemeral ? { kind: "not_ephemeral" } : { kind: "go" };
}
