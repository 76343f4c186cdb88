import { describe, expect, test } from "vitest";
import { configProblems } from "../../scripts/problems/config-problems.ts";
import { refusalEntries } from "../../scripts/problems/refusals.ts";
import { runErrors } from "../../scripts/problems/run-errors.ts";
import { problemsPage } from "../../scripts/problems-page.ts";
import { everyRow } from "../../src/report/events/every.ts";
import { errorsOf } from "../../src/report/run-error.ts";

// That every code has an entry is for the compiler; here it is about what the entries say.

const page = problemsPage();

test.each(Object.entries(runErrors))("the example of %s is that error", (code, { sample }) => {
  if (sample === undefined) return;
  expect(errorsOf([sample], everyRow).map((error) => error.code)).toEqual([code]);
});

describe("every section", () => {
  const sections = page.split(/^### /m).slice(1);
  const codes = sections.map((section) => section.split("\n")[0]);

  test("is there, in order, once", () => {
    expect(codes).toEqual([
      ...Object.keys(runErrors),
      ...Object.keys(refusalEntries),
      ...Object.keys(configProblems),
    ]);
  });

  test("has words that name nothing undefined, and advice that is a sentence", () => {
    for (const section of sections) {
      expect(section).not.toMatch(/\bundefined\b|\[object|NaN/);
      const advice = section
        .replaceAll(/```text[\s\S]*?```/g, "")
        .split("\n\n")
        .slice(1)
        .join("");
      expect(advice.trim(), section).toMatch(/^[A-Z`][\s\S]*\.(\s|$)/);
    }
  });
});
