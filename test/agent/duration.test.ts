import { expect, test } from "vitest";
import { parseDuration } from "../../src/agent/duration.ts";

test.each([
  ["300ms", 300],
  ["2s", 2_000],
  ["1.5s", 1_500],
  ["5m", 300_000],
  ["1h", 3_600_000],
  ["0s", undefined],
  ["5", undefined],
  ["5 m", undefined],
  ["-1s", undefined],
  ["", undefined],
])("%s is %s ms", (text, ms) => {
  expect(parseDuration(text)).toBe(ms);
});
