import { splitWords } from "./split-words.ts";

/** The commands of agentvane that a CI job runs. */
export type TaskCommand = "plan" | "apply" | "drift" | "validate";

/** What a CI job asks for. */
export type Task = {
  readonly command: TaskCommand;
  /** Relative to the working directory, as the command reads it. */
  readonly file: string | undefined;
  readonly environment: string | undefined;
  /** More arguments for the command. */
  readonly args: readonly string[];
  /** The server that a variable names; undefined leaves it to the command. */
  readonly server: string | undefined;
  /** The saved plan that an apply is to carry out. */
  readonly savedPlan: string | undefined;
  /** What an apply does about agents that were changed outside; undefined leaves it to the command. */
  readonly onDrift: "fail" | "overwrite" | undefined;
  readonly comment: CommentMode;
  readonly failOnDrift: boolean;
  readonly workingDirectory: string;
};

/** No comment, a new one for each run, or one that is kept up to date. */
export type CommentMode = "none" | "new" | "sticky";

/** An input that cannot be used, and what would do. */
export type BadInput = { readonly name: string; readonly expected: string };

export type Variables = { readonly [name: string]: string | undefined };

const prefix = "AGENTVANE_CI_";
const commands: readonly TaskCommand[] = ["plan", "apply", "drift", "validate"];
const onDrifts = ["fail", "overwrite"] as const;
const commentModes: { readonly [text: string]: CommentMode } = {
  true: "new",
  false: "none",
  sticky: "sticky",
};
const flags: { readonly [text: string]: boolean } = { true: true, false: false };

/** The inputs of a job, from its variables; an empty one is an unset one. */
export function readTask(variables: Variables): Task | BadInput {
  const input = (name: string) => variables[`${prefix}${name}`] || undefined;
  const command = commands.find((each) => each === (input("COMMAND") ?? "plan"));
  if (command === undefined) return bad("command", `one of: ${commands.join(", ")}`);
  const comment = member(commentModes, input("COMMENT") ?? "sticky");
  if (comment === undefined) return bad("comment", "true, false or sticky");
  const failOnDrift = member(flags, input("FAIL_ON_DRIFT") ?? "false");
  if (failOnDrift === undefined) return bad("fail-on-drift", "true or false");
  const args = splitWords(input("ARGS") ?? "");
  if (args === undefined) return bad("args", "quotes that are closed");
  if (args.includes("--")) return bad("args", "flags; what stands behind -- is none");
  const savedPlan = input("PLAN");
  if (savedPlan !== undefined && command !== "apply") return bad("plan", "command: apply");
  const givenOnDrift = input("ON_DRIFT");
  const onDrift = onDrifts.find((each) => each === givenOnDrift);
  if (onDrift === undefined && givenOnDrift !== undefined)
    return bad("on-drift", "fail or overwrite");
  if (onDrift !== undefined && command !== "apply") return bad("on-drift", "command: apply");
  return {
    command,
    onDrift,
    comment,
    failOnDrift,
    args,
    savedPlan,
    file: input("FILE"),
    environment: input("ENV") ?? (variables.AGENTVANE_ENV || undefined),
    server: variables.AGENTVANE_SERVER_URL || undefined,
    workingDirectory: input("WORKING_DIRECTORY") ?? ".",
  };
}

/**
 * The variables that the command itself gets: all but the inputs, one of which is a token. What a gate runs, or
 * a file names with `env.`, must not find it.
 */
export function variablesOfCommand(variables: Variables): Variables {
  return Object.fromEntries(Object.entries(variables).filter(([name]) => !name.startsWith(prefix)));
}

function member<Value>(table: { readonly [name: string]: Value }, name: string): Value | undefined {
  return Object.hasOwn(table, name) ? table[name] : undefined;
}

function bad(name: string, expected: string): BadInput {
  return { name, expected };
}
