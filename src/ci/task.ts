import type { JobContext } from "./job-context.ts";
import { type PreviewStep, previewStep } from "./preview-step.ts";
import { splitWords } from "./split-words.ts";
import { type EnvironmentVariables, inputPrefix } from "./variables.ts";

/** The tasks of a CI job: commands of agentvane, and the life cycle of a preview. */
export const taskCommands = [
  "plan",
  "apply",
  "drift",
  "validate",
  "promote",
  "rollback",
  "preview",
] as const;

/** The name of a task. */
export type TaskCommand = (typeof taskCommands)[number];

/** The task of a CI job, with its options. */
export type Task = {
  readonly command: TaskCommand;
  /** The positional arguments of the command: the aliases of `promote` and `rollback`. */
  readonly words: readonly string[];
  /** The step of a preview; undefined for every other task. */
  readonly preview: PreviewStep | undefined;
  /** Relative to the working directory, as the command reads it. */
  readonly file: string | undefined;
  readonly environment: string | undefined;
  /** More arguments for the command. */
  readonly args: readonly string[];
  /** The server from a variable; if undefined, the command decides. */
  readonly server: string | undefined;
  /** The saved plan that an apply carries out. */
  readonly savedPlan: string | undefined;
  /** What an apply does about agents that were changed outside agentvane; if undefined, the command decides. */
  readonly onDrift: "fail" | "overwrite" | undefined;
  readonly comment: CommentMode;
  readonly failOnDrift: boolean;
  readonly workingDirectory: string;
};

/** No comment, a new one for each run, or one that is kept up to date. */
export type CommentMode = "none" | "new" | "sticky";

/** An input that is not valid, and what was expected. */
export type BadInput = { readonly name: string; readonly expected: string };

const onDrifts = ["fail", "overwrite"] as const;
const commentModes: { readonly [text: string]: CommentMode } = {
  true: "new",
  false: "none",
  sticky: "sticky",
};
const flags: { readonly [text: string]: boolean } = { true: true, false: false };

/** The alias arguments of a command, as the names of their inputs in order. */
const aliasInputs: { readonly [Command in TaskCommand]: readonly string[] } = {
  plan: [],
  apply: [],
  drift: [],
  validate: [],
  promote: ["FROM", "TO"],
  rollback: ["ALIAS"],
  preview: [],
};

/** An input by name; undefined if it is not set. */
type Input = (name: string) => string | undefined;

/** Reads the inputs of a job from its variables; an empty one counts as unset. */
export function readTask(variables: EnvironmentVariables, job: JobContext): Task | BadInput {
  const input = (name: string) => variables[`${inputPrefix}${name}`] || undefined;
  const command = taskCommands.find((each) => each === (input("COMMAND") ?? "plan"));
  if (command === undefined) return bad("command", `one of: ${taskCommands.join(", ")}`);
  const comment = member(commentModes, input("COMMENT") ?? "sticky");
  if (comment === undefined) return bad("comment", "true, false or sticky");
  const failOnDrift = member(flags, input("FAIL_ON_DRIFT") ?? "false");
  if (failOnDrift === undefined) return bad("fail-on-drift", "true or false");
  const args = splitWords(input("ARGS") ?? "");
  if (args === undefined) return bad("args", "quotes that are closed");
  if (args.includes("--")) return bad("args", "only flags; remove --");
  const applied = readApply(command, input);
  if ("expected" in applied) return applied;
  const words = readAliases(command, input);
  if ("expected" in words) return words;
  const preview = command === "preview" ? previewStep(job) : undefined;
  if (command === "preview" && preview === undefined)
    return bad("command", "preview in a job about a pull request, or in a scheduled one");
  const preset = command === "preview" ? undefined : variables.AGENTVANE_ENV || undefined;
  return {
    command,
    words: words.aliases,
    preview,
    ...applied,
    comment,
    failOnDrift,
    args,
    file: input("FILE"),
    environment:
      preview === "sweep" ? undefined : (input("ENV") ?? preset ?? previewName(preview, job)),
    server: variables.AGENTVANE_SERVER_URL || undefined,
    workingDirectory: input("WORKING_DIRECTORY") ?? ".",
  };
}

/** The inputs that only an apply has. */
function readApply(
  command: TaskCommand,
  input: Input,
): Pick<Task, "savedPlan" | "onDrift"> | BadInput {
  const savedPlan = input("PLAN");
  if (savedPlan !== undefined && command !== "apply") return bad("plan", "command: apply");
  const givenOnDrift = input("ON_DRIFT");
  const onDrift = onDrifts.find((each) => each === givenOnDrift);
  if (onDrift === undefined && givenOnDrift !== undefined)
    return bad("on-drift", "fail or overwrite");
  if (onDrift !== undefined && command !== "apply") return bad("on-drift", "command: apply");
  return { savedPlan, onDrift };
}

/** Aliases are positional arguments, so none may look like a flag. */
function readAliases(
  command: TaskCommand,
  input: Input,
): { readonly aliases: readonly string[] } | BadInput {
  const aliases: string[] = [];
  for (const name of aliasInputs[command]) {
    const alias = input(name);
    if (alias === undefined || alias.startsWith("-")) return bad(name.toLowerCase(), "an alias");
    aliases.push(alias);
  }
  const unused = ["FROM", "TO", "ALIAS"].find(
    (name) => input(name) !== undefined && !aliasInputs[command].includes(name),
  );
  if (unused === undefined) return { aliases };
  const wants = unused === "ALIAS" ? "rollback" : "promote";
  return bad(unused.toLowerCase(), `command: ${wants}`);
}

/** The environment of a preview if the job names none. */
function previewName(step: PreviewStep | undefined, { request }: JobContext): string | undefined {
  return step === undefined || request === undefined ? undefined : `pr-${request.number}`;
}

function member<Value>(table: { readonly [name: string]: Value }, name: string): Value | undefined {
  return Object.hasOwn(table, name) ? table[name] : undefined;
}

function bad(name: string, expected: string): BadInput {
  return { name, expected };
}
