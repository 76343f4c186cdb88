import { agentKeyPattern, aliasPattern } from "../../agent/identity.ts";
import type { CommandSpec } from "./command-spec.ts";
import { completedArguments, completedValue } from "./completed.ts";
import type { Flag } from "./flags.ts";
import type { Completed } from "./placeholder.ts";

/** The form of names, by their list. A key that does not exist is a refusal of its own. */
const rules: {
  readonly [List in "aliases" | "environments"]: {
    readonly pattern: RegExp;
    readonly problem: string;
    readonly expected: string;
  };
} = {
  aliases: {
    pattern: new RegExp(aliasPattern),
    problem: "is not a valid alias name",
    expected:
      "1 to 64 lower-case letters, digits, hyphens and underscores, starting with a letter and ending with a letter or digit",
  },
  environments: {
    pattern: new RegExp(agentKeyPattern),
    problem: "is not a valid environment name",
    expected:
      "1 to 64 lower-case letters, digits, hyphens and underscores, starting and ending with a letter or digit",
  },
};

/** What is wrong with a name on a command line, and what was expected. */
export type NameProblem = { readonly problem: string; readonly hint: string };

/** Checks the value of a flag: its form shows without a server that no alias or environment can have this name. */
export function flagNameProblem(flag: Flag, value: string): NameProblem | undefined {
  return nameProblem(`--${flag.name} ${value}`, completedValue(flag), value);
}

/** Checks the positional arguments of a command; gives the first problem. */
export function argumentNameProblem(
  command: CommandSpec,
  positionals: readonly string[],
): NameProblem | undefined {
  const places = completedArguments(command);
  return positionals
    .map((value, at) => {
      const place = places[at];
      return place === undefined ? undefined : nameProblem(`"${value}"`, place, value);
    })
    .find((problem) => problem !== undefined);
}

/** Checks a name from AGENTVANE_ENV. */
export function environmentNameProblem(origin: string, value: string): NameProblem | undefined {
  return judged(`${origin} ${value}`, "environments", value);
}

function nameProblem(shown: string, place: Completed, value: string): NameProblem | undefined {
  if (place.kind !== "names" || place.of === "keys") return undefined;
  return judged(shown, place.of, value);
}

function judged(shown: string, list: keyof typeof rules, value: string): NameProblem | undefined {
  const { pattern, problem, expected } = rules[list];
  return pattern.test(value)
    ? undefined
    : { problem: `${shown} ${problem}`, hint: `expected ${expected}` };
}
