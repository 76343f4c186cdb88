import type { PlanEvent } from "../../commands/plan-event.ts";
import type { Plan } from "../../plan/plan.ts";
import { refusalExitCode } from "../../plan/refusal-table.ts";
import type { EventRows } from "../event-row.ts";
import { shellCommand } from "../safe/shell-command.ts";
import { driftText } from "../text/drift.ts";
import { planText } from "../text/plan.ts";
import { styled } from "../words/line.ts";
import { refusalList } from "./refusals.ts";

type Planned = { readonly plan: Plan };

const exit = ({ plan: { refusals } }: Planned) =>
  refusals.length > 0 ? refusalExitCode(refusals) : 0;
const error = ({ plan: { refusals } }: Planned) =>
  refusals.length > 0 ? refusalList(refusals) : undefined;

/** What planning comes to. A plan that is refused is shown all the same. */
export const planRows = {
  planned: { result: ({ plan }) => planText(plan), exit, error },
  drift_found: { result: ({ plan }) => driftText(plan), exit, error },
  plan_saved: {
    progress: ({ path, args }) => [
      [styled("faint", `saved as ${path}: ${shellCommand(["agentvane", ...args])}`)],
    ],
  },
  refused: {
    exit: ({ refusals }) => refusalExitCode(refusals),
    error: ({ refusals }) => refusalList(refusals),
  },
} satisfies EventRows<PlanEvent>;
