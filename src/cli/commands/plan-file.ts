import { createHash } from "node:crypto";
import { maskApprovedPlan, maskPlan } from "../../mask/mask-plan.ts";
import { type ApprovedPlan, approvedPlan } from "../../plan/approved-plan.ts";
import type { Plan } from "../../plan/plan.ts";
import { openSavedPlan, savedPlanText } from "../../report/json/saved-plan.ts";
import { readInput } from "../files/read-input.ts";
import type { Session } from "../session.ts";
import { version } from "../version.ts";

/** The text of a saved plan. */
export function planFileText({ mask }: Pick<Session, "mask">, plan: Plan): string {
  return savedPlanText(
    { shown: maskPlan(plan, mask()), approved: maskApprovedPlan(approvedPlan(plan), mask()) },
    version,
    sha256,
  );
}

/** The plan in a file, or on standard input with `-`; undefined, with an event, if it is not a valid plan. */
export async function openPlanFile(
  { emit, shutdown, results }: Session,
  file: string,
): Promise<ApprovedPlan | undefined> {
  const text = await readInput("the plan", file, shutdown.ended);
  results.protect([file]);
  if (text === undefined) {
    emit({ kind: "plan_unusable", path: file, fault: { kind: "missing" } });
    return undefined;
  }
  const opened = openSavedPlan(text, version, sha256);
  if (opened.kind === "plan") return opened.plan;
  emit({ kind: "plan_unusable", path: file, fault: opened.fault });
  return undefined;
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
