import type { CommandEnd, RunCommand } from "./ci-world.ts";
import { validationLine } from "./command-line.ts";
import type { JobContext } from "./job-context.ts";
import type { Task, TaskCommand } from "./task.ts";
import { validationIn } from "./validation.ts";

/** What the files say before a task is begun. */
export type Precheck =
  | { readonly kind: "go" }
  /** The forge gives this job no secrets, and the files are wrong: how `validate` ended. */
  | { readonly kind: "invalid"; readonly end: CommandEnd }
  /** It gives none, and the task needs these variables. */
  | {
      readonly kind: "skip";
      readonly withheld: "fork" | "dependabot";
      readonly unset: readonly string[];
    }
  /** Whether the environment of a preview is ephemeral is not known, since the files are wrong. */
  | { readonly kind: "unknown" }
  /** The environment of a preview is no ephemeral one, and so may be what customers use. */
  | { readonly kind: "not_ephemeral" };

/** Commands that a pull request may ask for, and that need secrets. */
const needsSecrets: { readonly [Command in TaskCommand]: boolean } = {
  plan: true,
  drift: true,
  preview: true,
  validate: false,
  // Without a key these fail: a release that does not happen is no success.
  apply: false,
  promote: false,
  rollback: false,
};

/** Validates the files where a task could not be done, or not be done safely, without knowing what they say. */
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
