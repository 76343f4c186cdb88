import { parseArgs } from "node:util";
import { closest, distance } from "fastest-levenshtein";
import { argumentNameProblem, flagNameProblem, type NameProblem } from "./argument-names.ts";
import type { CommandSpec } from "./command-spec.ts";
import { type Command, commandTable } from "./command-table.ts";
import type { Flag } from "./flags.ts";
import { foreignFlagHint } from "./foreign-flags.ts";

/** A parsed command line. */
export type Invocation = {
  readonly command: Command;
  readonly positionals: readonly string[];
  readonly has: (flag: string) => boolean;
  /** The last given value; undefined if there is none. */
  readonly value: (flag: string) => string | undefined;
  readonly list: (flag: string) => readonly string[];
};

/** An invalid command line, with a hint how to fix it. */
export class UsageError extends Error {
  readonly hint: string;

  constructor(problem: string, hint: string) {
    super(problem);
    this.name = "UsageError";
    this.hint = hint;
  }
}

/** Whether an error is a `UsageError`, also from a part of the program with its own copy of the class. */
export function isUsageError(error: unknown): error is UsageError {
  return error instanceof Error && error.name === "UsageError";
}

/** Parses a command line by the command table; throws a `UsageError` if it is not valid. */
export function readInvocation(args: readonly string[]): Invocation {
  const [name, ...rest] = args;
  const command = findCommand(name);
  const { values, positionals, tokens } = parseArgs({
    args: rest,
    options: Object.fromEntries(command.flags.map((flag) => [flag.name, optionOf(flag)])),
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  for (const token of tokens) {
    if (token.kind !== "option") continue;
    // A word with one hyphen too few is parsed as a row of letters; the error shows the word as typed.
    const typed = rest[token.index] ?? token.rawName;
    checkOption(command, typed, token);
  }
  const most = command.positionals?.most ?? 0;
  const extra = positionals[most];
  if (extra !== undefined) {
    throw new UsageError(`${command.name} does not take "${extra}"`, seeHelp(command));
  }
  refuseName(argumentNameProblem(command, positionals));
  const all = (flag: string) => {
    const given = values[flag];
    return (Array.isArray(given) ? given : [given]).filter((each) => typeof each === "string");
  };
  return {
    command,
    positionals,
    has: (flag) => values[flag] === true,
    value: (flag) => all(flag).at(-1),
    list: all,
  };
}

/** The hint of a usage error. */
export function seeHelp(command: CommandSpec | undefined): string {
  return `see "agentvane ${command === undefined ? "" : `${command.name} `}--help"`;
}

/** The command of a name; throws a `UsageError` if there is none. */
export function findCommand(name: string | undefined): Command {
  if (name === undefined) throw new UsageError("no command given", seeHelp(undefined));
  const found = commandTable.find((command) => command.name === name);
  if (found !== undefined) return found;
  const names = commandTable.map((command) => command.name);
  throw new UsageError(`unknown command "${name}"`, nearMiss(name, names) ?? seeHelp(undefined));
}

type OptionToken = {
  readonly rawName: string;
  readonly name: string;
  readonly value?: string | undefined;
};

function optionOf(flag: Flag): {
  type: "boolean" | "string";
  multiple: boolean;
  short?: string;
} {
  return {
    type: flag.takes === "switch" ? "boolean" : "string",
    multiple: flag.takes !== "switch",
    ...(flag.short !== undefined && { short: flag.short }),
  };
}

function checkOption(
  command: CommandSpec,
  typed: string,
  { rawName, name, value }: Pick<OptionToken, "rawName" | "name" | "value">,
): void {
  const flag = command.flags.find((each) => each.name === name);
  const foreign =
    flag === undefined || /^-[a-z]{2}/.test(typed) ? foreignFlagHint(command, typed) : undefined;
  if (flag === undefined || foreign !== undefined) {
    const names = command.flags.map((each) => `--${each.name}`);
    const shown = foreign === undefined ? rawName : (typed.split("=")[0] ?? typed);
    throw new UsageError(
      `${command.name} has no flag ${shown}`,
      foreign ?? nearMiss(rawName, names) ?? seeHelp(command),
    );
  }
  if (flag.takes === "switch" && value !== undefined) {
    throw new UsageError(`--${name} takes no value`, seeHelp(command));
  }
  if (flag.takes !== "switch" && (value === undefined || value === "")) {
    throw new UsageError(`--${name} needs a value: ${flag.placeholder}`, seeHelp(command));
  }
  if (value !== undefined) refuseName(flagNameProblem(flag, value));
}

/** Throws a `UsageError` if a name on the command line is not valid. */
export function refuseName(found: NameProblem | undefined): void {
  if (found !== undefined) throw new UsageError(found.problem, found.hint);
}

/** A suggestion for a misspelt word; undefined if none is close enough. */
export function nearMiss(word: string, words: readonly string[]): string | undefined {
  const best = closest(word, words);
  return distance(word, best) <= Math.max(2, best.length / 3)
    ? `did you mean "${best}"?`
    : undefined;
}
