import { describe, expect, test } from "vitest";
import { configProblems } from "../../scripts/problems/config-problems.ts";
import { refusalEntries } from "../../scripts/problems/refusals.ts";
import { runErrors } from "../../scripts/problems/run-errors.ts";
import { problemsPage } from "../../scripts/problems-page.ts";
import { runError } from "../../src/report/json/run-error.ts";
import { everyEvent } from "./every-event.ts";

// That every code has an entry is for the compiler; here it is about what the entries say.

const page = problemsPage();

test.each(Object.entries(everyEvent))(
  "%s is on the page if and only if it is an error",
  (kind, event) => {
    const entry = runErrors[event.kind];
    const isWithoutPlan = kind === "planned" || kind === "drift_found";
    // It is told, and the run did all that it was asked to.
    const isHarmless = kind === "report_unwritten";
    const isError = isWithoutPlan || isHarmless || runError([event]) !== undefined;
    expect(entry !== "none").toBe(isError);
    if (entry !== "none" && entry.sample !== undefined && !isHarmless) {
      expect(runError([entry.sample])?.code).toBe(kind);
    }
  },
);

describe("every section", () => {
  const sections = page.split(/^### /m).slice(1);
  const codes = sections.map((section) => section.split("\n")[0]);
  const errors = Object.entries(runErrors).filter(([, entry]) => entry !== "none");

  test("is there, in order, once", () => {
    expect(codes).toEqual([
      ...errors.map(([code]) => code),
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
