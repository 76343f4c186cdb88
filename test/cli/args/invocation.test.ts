import { describe, expect, test } from "vitest";
import {
  choiceFlag,
  countFlag,
  durationFlag,
  updateLimitFlag,
  variableFlags,
} from "../../../src/cli/args/flag-values.ts";
import { readInvocation, UsageError } from "../../../src/cli/args/invocation.ts";

const read = (line: string) => readInvocation(line.split(" ").filter((word) => word !== ""));

function misuse(act: () => unknown): string {
  try {
    act();
  } catch (error) {
    if (error instanceof UsageError) return `${error.message}; ${error.hint}`;
    throw error;
  }
  return "no misuse";
}

describe("command lines", () => {
  test("the last of a repeated flag wins, lists are gathered", () => {
    const line = read("plan -f a.yaml --file b.yaml --var a=1 --var b=2 --only x --only y,z");
    expect(line.value("file")).toBe("b.yaml");
    expect(line.list("var")).toEqual(["a=1", "b=2"]);
    expect(line.list("only")).toEqual(["x", "y,z"]);
  });

  test.each([
    ["", 'no command given; see "agentvane --help"'],
    ["paln", 'unknown command "paln"; did you mean "plan"?'],
    [
      "plan --detaled-exitcode",
      'plan has no flag --detaled-exitcode; did you mean "--detailed-exitcode"?',
    ],
    [
      "validate --auto-approve",
      'validate has no flag --auto-approve; see "agentvane validate --help"',
    ],
    ["plan extra", 'plan does not take "extra"; see "agentvane plan --help"'],
    ["plan --file", '--file needs a value: FILE; see "agentvane plan --help"'],
    ["plan --file=", '--file needs a value: FILE; see "agentvane plan --help"'],
    ["plan --prune=yes", '--prune takes no value; see "agentvane plan --help"'],
  ])("%s", (line, expected) => {
    expect(misuse(() => read(line))).toBe(expected);
  });
});

describe("values of flags", () => {
  test.each<[string, () => unknown, unknown]>([
    ["a time", () => durationFlag(read("plan --timeout 90s"), "timeout", 1), 90_000],
    ["no time", () => durationFlag(read("plan"), "timeout", 1), 1],
    ["a count", () => countFlag(read("plan --parallelism 3"), "parallelism", 8, 1), 3],
    [
      "a choice",
      () =>
        choiceFlag(read("apply --on-drift overwrite"), "on-drift", ["fail", "overwrite"], "fail"),
      "overwrite",
    ],
    [
      "a limit",
      () => updateLimitFlag(read("apply --max-updates 10")),
      { kind: "count", count: 10 },
    ],
    [
      "a share",
      () => updateLimitFlag(read("apply --max-updates 20%")),
      { kind: "percent", percent: 20 },
    ],
    ["variables", () => [...variableFlags(read("plan --var a=1 --var a=x=y"))], [["a", "x=y"]]],
  ])("%s", (_name, act, expected) => {
    expect(act()).toEqual(expected);
  });

  test.each<[string, () => unknown]>([
    ["plan --timeout 90", () => durationFlag(read("plan --timeout 90"), "timeout", 1)],
    ["plan --parallelism 0", () => countFlag(read("plan --parallelism 0"), "parallelism", 8, 1)],
    [
      "plan --parallelism many",
      () => countFlag(read("plan --parallelism many"), "parallelism", 8, 1),
    ],
    [
      "apply --on-drift shrug",
      () => choiceFlag(read("apply --on-drift shrug"), "on-drift", ["fail"], "fail"),
    ],
    ["apply --max-updates -1", () => updateLimitFlag(read("apply --max-updates=-1"))],
    ["plan --var =x", () => variableFlags(read("plan --var =x"))],
  ])("%s is a misuse that says what was expected", (_name, act) => {
    expect(misuse(act)).toContain("expected");
  });
});
