import { describe, expect, test } from "vitest";
import { commandTable } from "../../../src/cli/args/command-table.ts";
import { environmentTable } from "../../../src/cli/args/environment-table.ts";
import { groupedFlags, helpText } from "../../../src/cli/args/help.ts";
import { readInvocation } from "../../../src/cli/args/invocation.ts";
import { wrapped } from "../../../src/cli/args/wrap.ts";

const all = [undefined, ...commandTable];

test.each(all.map((command) => [command?.name ?? "the overview", command] as const))(
  "help of %s fits a terminal and ends with one line break",
  (_name, command) => {
    const text = helpText(command);
    for (const line of text.split("\n")) expect(line.length, line).toBeLessThanOrEqual(80);
    expect(text).toMatch(/[^\n]\n$/);
    expect(text).not.toMatch(/ \n|undefined/);
  },
);

describe.each(commandTable.map((command) => [command.name, command] as const))(
  "%s",
  (_name, command) => {
    test("says in two or three sentences what it does", () => {
      const sentences = command.about.split(/[.;] /).length;
      expect(sentences).toBeGreaterThanOrEqual(2);
      expect(sentences).toBeLessThanOrEqual(5);
      expect(command.about).toMatch(/^[A-Z].*\.$/);
    });

    test("has each flag once, in one group", () => {
      const shown = groupedFlags(command).flatMap(([, flags]) => flags);
      expect(shown.map(({ name }) => name).sort()).toEqual(
        command.flags.map(({ name }) => name).sort(),
      );
    });

    test("says which codes it ends with, in order, success among them", () => {
      expect(command.exits[0]).toBe(0);
      expect([...command.exits].sort((left, right) => left - right)).toEqual(command.exits);
      const findings = new Set(["detailed-exitcode", "check"]);
      const detailed =
        command.name === "check" || command.flags.some(({ name }) => findings.has(name));
      expect(command.exits.includes(2)).toBe(detailed);
    });

    test("has examples that the parser takes", () => {
      expect(command.examples.length).toBeGreaterThan(0);
      for (const example of command.examples) {
        const line = /agentvane [^>)|]*/.exec(example)?.[0] ?? "";
        const words = line
          .replaceAll(/'[^']*'/g, "quoted")
          .trim()
          .split(/\s+/);
        expect(readInvocation(words.slice(1)).command.name).toBe(command.name);
      }
    });
  },
);

test("every variable of the environment is read with a flag that some command has", () => {
  const flags = new Set(commandTable.flatMap((each) => each.flags.map(({ name }) => name)));
  for (const { readWith } of environmentTable) expect(flags).toContain(readWith);
});

test("a text is wrapped between words, and a long word stands alone", () => {
  expect(wrapped("a bc def", 4)).toEqual(["a bc", "def"]);
  expect(wrapped("a averylongword b", 4)).toEqual(["a", "averylongword", "b"]);
  expect(wrapped("", 4)).toEqual([""]);
});
