import { type DoctorCheck, isFailure, severityOf } from "../../commands/doctor-check.ts";
import type { DoctorEvent } from "../../commands/doctor-event.ts";
import { doctorCheckJson } from "../doctor-check-json.ts";
import type { EventRows } from "../event-row.ts";
import type { ExitCode } from "../exit-code.ts";
import { plain } from "../plain-json.ts";
import { diagnosisLines, doctorLines, failuresText } from "../text/doctor.ts";
import { probeText } from "../text/probe.ts";
import { apiFailureHint, apiFailureText } from "../words/api-failure.ts";
import { plainError } from "../words/error-words.ts";
import { styled } from "../words/line.ts";

/** What `doctor` finds out. */
export const doctorRows = {
  checked: { result: ({ finding }) => doctorLines(finding) },
  diagnosed: {
    result: ({ findings }) => diagnosisLines(findings),
    exit: ({ findings }) => diagnosisExitCode(findings),
    error: ({ findings }) => {
      const failures = findings.filter(isFailure);
      if (failures.length === 0) return undefined;
      const details = failures.map(doctorCheckJson);
      return { message: failuresText(findings), details, parts: [], saysAll: true };
    },
  },
  probe_started: {
    progress: () => [[styled("faint", "asking the server with a probe agent …")]],
  },
  probed: { result: ({ found }) => probeText(found) },
  probe_failed: {
    exit: 5,
    error: ({ failure }) =>
      plainError(
        `the probe failed: ${apiFailureText(failure)}`,
        plain(failure),
        apiFailureHint(failure.kind),
      ),
  },
  probe_left: {
    exit: 6,
    error: ({ id, failure }) =>
      plainError(
        `the probe agent ${id} could not be deleted: ${apiFailureText(failure)}`,
        { id, ...plain(failure) },
        "Delete it by hand; it belongs to no project.",
      ),
  },
} satisfies EventRows<DoctorEvent>;

function diagnosisExitCode(findings: readonly DoctorCheck[]): ExitCode {
  const severities = findings.map(severityOf);
  if (severities.includes("rule")) return 3;
  return severities.includes("server") ? 1 : 0;
}
