import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import type { Plan } from "../plan/plan.ts";
import type { PlanIdentity } from "../plan/shift.ts";
import { openSavedPlan, savedPlanText } from "../report/saved-plan.ts";
import { savedPlanArgs } from "./saved-plan-args.ts";
import type { Session } from "./session.ts";
import { version } from "./version.ts";

/** Saves a plan, whole or not at all. */
export async function savePlanFile(
  { invocation, emit, masked }: Session,
  file: string,
  plan: Plan,
): Promise<void> {
  const { default: writeFileAtomic } = await import("write-file-atomic");
  await writeFileAtomic(file, savedPlanText(plan, version, masked, sha256));
  emit({ kind: "plan_saved", path: file, args: savedPlanArgs(invocation, file) });
}

/** The plan in a file; undefined, and told, when there is none that can be carried out. */
export function openPlanFile({ emit }: Session, file: string): PlanIdentity | undefined {
  const text = readText(file);
  if (text === undefined) {
    emit({ kind: "plan_unusable", path: file, fault: { kind: "missing" } });
    return undefined;
  }
  const opened = openSavedPlan(text, version, sha256);
  if (opened.kind === "plan") return opened.plan;
  emit({ kind: "plan_unusable", path: file, fault: opened.fault });
  return undefined;
}

function readText(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
