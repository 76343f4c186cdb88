import { hasChanges } from "../../plan/has-changes.ts";
import type { Plan } from "../../plan/plan.ts";
import { leastRows } from "../../report/text/plan-outline.ts";
import type { Session } from "../session.ts";
import { Interrupted } from "../shutdown.ts";
import { isInteractive } from "./interactive.ts";

/** Lets the user browse a plan that does not fit on the screen, as git does with its pager. */
export async function openPager(
  { invocation, shutdown, viewing }: Pick<Session, "invocation" | "shutdown" | "viewing">,
  plan: Plan,
): Promise<void> {
  const isLong = hasChanges(plan) && leastRows(plan) > process.stdout.rows;
  if (!isLong || !isInteractive(invocation)) return;
  const { viewPlanInTerminal } = await import("./live-terminal.ts");
  await shutdown.untimed(() => viewPlanInTerminal(viewing, plan, undefined));
  if (shutdown.reason() !== undefined) throw new Interrupted();
}
