import { describe, expect, test } from "vitest";
import { commandTable } from "../../../src/cli/args/command-table.ts";
import { completedArguments, completedValue } from "../../../src/cli/args/completed.ts";
import { readInvocation, UsageError } from "../../../src/cli/args/invocation.ts";

const misuseOf = (...words: readonly string[]): string => {
  try {
    readInvocation(words);
  } catch (error) {
    if (error instanceof UsageError) return error.message;
    throw error;
  }
  return "";
};

const noAliases = ["Bad", "9prod", "prod-", "a b", "prod.1", "ü", "a".repeat(65)];

describe("a name that can be no alias is a usage error", () => {
  const places = commandTable.flatMap((command) =>
    completedArguments(command).flatMap((place, at) =>
      place.kind === "names" && place.of === "aliases" ? [{ name: command.name, at }] : [],
    ),
  );

  test("there are such arguments", () => {
    expect(places.map(({ name }) => name)).toEqual(["promote", "promote", "rollback"]);
  });

  test.each(places)("argument $at of $name", ({ name, at }) => {
    for (const alias of noAliases) {
      const words = [...Array.from({ length: at }, () => "prod"), alias];
      expect(misuseOf(name, ...words)).toContain("is not a valid alias name");
    }
    expect(misuseOf(name, ...Array.from({ length: at }, () => "staging"), "prod")).toBe("");
  });

  const flags = commandTable.flatMap((command) =>
    command.flags.flatMap((flag) => {
      if (flag.takes === "switch") return [];
      const completed = completedValue(flag);
      return completed.kind === "names" && completed.of === "aliases"
        ? [{ name: command.name, flag: flag.name }]
        : [];
    }),
  );

  test("there are such flags", () => {
    expect(flags.length).toBeGreaterThan(0);
  });

  test.each(flags)("$name --$flag", ({ name, flag }) => {
    for (const alias of noAliases) {
      expect(misuseOf(name, `--${flag}`, alias)).toContain("is not a valid alias name");
    }
    expect(misuseOf(name, `--${flag}`, "prod")).toBe("");
  });
});

describe("a name that can be no environment is a usage error", () => {
  const commands = commandTable.filter(({ flags }) => flags.some(({ name }) => name === "env"));

  test.each(commands.map(({ name }) => name))("%s --env", (name) => {
    for (const environment of ["pr-*", "Prod", "-x", "a b"]) {
      expect(misuseOf(name, `--env=${environment}`)).toContain("is not a valid environment name");
    }
    expect(misuseOf(name, "--env", "pr-42")).toBe("");
  });
});
