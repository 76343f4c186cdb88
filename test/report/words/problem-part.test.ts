import { expect, test } from "vitest";
import type { Problem } from "../../../src/config/problem.ts";
import { problemPart } from "../../../src/report/words/problem-part.ts";

const missing = (isMain: boolean): Problem => ({
  code: "file_unavailable",
  path: isMain ? "agents.yaml" : "prompts/triage.md",
  fault: "missing",
  suggestions: [],
  isMain,
  at: { file: "agents.yaml", line: isMain ? 1 : 7, column: 1 },
});

test("a missing agents.yaml has no line to look at; a file that it names has one", () => {
  expect(problemPart(missing(true))).not.toHaveProperty("place");
  expect(problemPart(missing(false)).place).toBe("agents.yaml:7:1");
});
