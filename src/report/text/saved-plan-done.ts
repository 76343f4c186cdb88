import type { RunEvent } from "../../commands/event.ts";
import { type Line, styled } from "../words/line.ts";

type Done = Extract<RunEvent, { kind: "saved_plan_done" }>;

/** Why a saved plan has nothing to do, and that the configuration has further changes. */
export function savedPlanDoneText({ why }: Done): readonly Line[] {
  return [
    [styled("success", "Nothing to do:"), ` ${reasons[why]}.`],
    ["agents.yaml wants more by now. To apply that, plan again."],
  ];
}

const reasons = {
  no_operations: "the saved plan changes nothing",
  already_applied: "everything in the saved plan is applied already",
} as const satisfies Record<Done["why"], string>;
