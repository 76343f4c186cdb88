import type { JsonObject } from "../agent/json.ts";
import { type DoctorCheck, isFailure, severityOf } from "../commands/doctor-check.ts";
import { plain } from "./plain-json.ts";
import { doctorCheckText } from "./words/doctor-check.ts";

/** A check of `doctor` as JSON: a name that stays, how it ended, and what to do about it. */
export function doctorCheckJson(finding: DoctorCheck): JsonObject {
  const { kind, ...details } = plain(finding);
  const { message, advice } = doctorCheckText(finding);
  const status = isFailure(finding) ? "failure" : severityOf(finding);
  return { check: kind ?? null, status, message, advice: advice ?? null, details };
}
