import { describe, expect, test } from "vitest";
import { type DoctorCheck, severityOf } from "../../../src/commands/doctor-check.ts";
import type { RunEvent } from "../../../src/commands/event.ts";
import { everyRow } from "../../../src/report/events/every.ts";
import { resultDocument } from "../../../src/report/json/report.ts";
import { runExitCode } from "../../../src/report/run-exit-code.ts";
import { diagnosisLines, doctorLines } from "../../../src/report/text/doctor.ts";
import { doctorCheckText } from "../../../src/report/words/doctor-check.ts";
import { type Line, paint } from "../../../src/report/words/line.ts";
import { everyFinding } from "../every-doctor-check.ts";
import { jsonDocument } from "../json-document.ts";

const all: readonly DoctorCheck[] = Object.values(everyFinding);
const plain = (lines: readonly Line[]) => paint(lines, false);
const code = (...findings: readonly DoctorCheck[]) =>
  runExitCode([{ kind: "diagnosed", findings }], everyRow, { detailedExitCode: false });

test.each(all.map((finding) => [finding.kind, finding] as const))(
  "%s has words, and advice unless it is fine",
  (_kind, finding) => {
    const { message, advice } = doctorCheckText(finding);
    expect(message).not.toMatch(/undefined|\[object/);
    expect(advice !== undefined).toBe(severityOf(finding) !== "ok");
    expect(plain(doctorLines(finding))).toContain(message);
  },
);

describe("the exit code", () => {
  const { tool, clock_off, key_refused, key_missing } = everyFinding;
  test.each<[string, readonly DoctorCheck[], number]>([
    ["0 when all is fine", [tool], 0],
    ["0 with warnings", [tool, clock_off], 0],
    ["1 for trouble with the server", [tool, key_refused], 1],
    ["3 for a rule", [tool, key_missing], 3],
    ["3 for both", [key_refused, key_missing], 3],
  ])("is %s", (_name, findings, expected) => {
    expect(code(...findings)).toBe(expected);
  });
});

test("the sum counts failures and warnings", () => {
  const { tool, clock_off, key_refused } = everyFinding;
  expect(plain(diagnosisLines([tool]))).toBe("\nNo failures.\n");
  expect(plain(diagnosisLines([tool, clock_off]))).toBe("\nNo failures; 1 warning.\n");
  expect(plain(diagnosisLines([key_refused, clock_off]))).toBe("\n1 failure, 1 warning.\n");
});

test.each([
  [30_000, "30 seconds ahead of"],
  [-119_000, "119 seconds behind"],
  [180_000, "3 minutes ahead of"],
  [-7_200_000, "2 hours behind"],
  [86_400_000 * 400, "400 days ahead of"],
])("a clock that is off by %i ms is %s the server's", (aheadMs, expected) => {
  expect(doctorCheckText({ kind: "clock_off", aheadMs }).message).toContain(expected);
});

test("as JSON, every finding has a name, a status and its data; failures are the error", () => {
  const events: readonly RunEvent[] = [{ kind: "diagnosed", findings: all }];
  const document = jsonDocument(resultDocument, events);
  expect(document).toMatchObject({
    kind: "diagnosis",
    errored: true,
    error: { code: "diagnosed", message: "8 failures, 10 warnings" },
  });
  expect(document.findings).toContainEqual({
    check: "clock_off",
    status: "warning",
    message: "this machine's clock is 5 hours ahead of the server's",
    advice: "agentvane does not depend on it, but people who compare times do.",
    details: { ahead_ms: 18_000_000 },
  });
  expect(
    jsonDocument(resultDocument, [{ kind: "diagnosed", findings: [everyFinding.tool] }]).errored,
  ).toBe(false);
});
