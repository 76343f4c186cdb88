import {
  type DoctorCheck,
  isFailure,
  type Severity,
  severityOf,
} from "../../commands/doctor-check.ts";
import { counted } from "../safe/truncate.ts";
import { doctorCheckText } from "../words/doctor-check.ts";
import { type Line, type Style, styled } from "../words/line.ts";

const marks: { readonly [Name in Severity]: { readonly word: string; readonly style: Style } } = {
  ok: { word: "ok", style: "success" },
  warning: { word: "warning", style: "warning" },
  rule: { word: "failure", style: "error" },
  server: { word: "failure", style: "error" },
};

const widest = Math.max(...Object.values(marks).map(({ word }) => word.length));

/** One check: its severity, its result, and the advice. */
export function doctorLines(finding: DoctorCheck): readonly Line[] {
  const { word, style } = marks[severityOf(finding)];
  const { message, advice } = doctorCheckText(finding);
  const margin = " ".repeat(widest + 2);
  return [
    [styled(style, word), " ".repeat(margin.length - word.length), message],
    ...(advice === undefined ? [] : [[margin, styled("faint", advice)]]),
  ];
}

/** The summary of all checks. */
export function diagnosisLines(findings: readonly DoctorCheck[]): readonly Line[] {
  const { failures, warnings } = countsOf(findings);
  if (failures > 0) {
    const [failed, warned] = [counted(failures, "failure"), counted(warnings, "warning")];
    return [[], [styled("error", failed), `, ${warned}.`]];
  }
  const warned = warnings > 0 ? `; ${counted(warnings, "warning")}.` : ".";
  return [[], [styled("success", "No failures"), warned]];
}

/** The same in one sentence, where something failed. */
export function failuresText(findings: readonly DoctorCheck[]): string {
  const { failures, warnings } = countsOf(findings);
  return `${counted(failures, "failure")}, ${counted(warnings, "warning")}`;
}

function countsOf(findings: readonly DoctorCheck[]) {
  return {
    failures: findings.filter(isFailure).length,
    warnings: findings.filter((each) => severityOf(each) === "warning").length,
  };
}
