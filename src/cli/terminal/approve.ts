import type { Approve } from "../../commands/apply.ts";
import { planQuestion } from "../../report/text/question.ts";
import { formatOf } from "../args/output-format.ts";
import type { Session } from "../session.ts";
import { Interrupted } from "../shutdown.ts";
import { askInTerminal, canAsk } from "./ask.ts";
import { isInteractive } from "./interactive.ts";

/**
 * Asks in the terminal whether to apply a plan. A delete cannot be undone, so a plan that deletes asks for the
 * project's name instead of a yes. The code for the question is loaded while the server is read.
 */
export function approveInTerminal(session: Session): Approve {
  const { invocation, shutdown, viewing } = session;
  const live = isInteractive(invocation) ? import("./live-terminal.ts") : undefined;
  return async (plan) => {
    if (!canAsk() || formatOf(invocation) !== "text") return "unavailable";
    const question = planQuestion(plan);
    const isYes =
      live === undefined
        ? (await askInTerminal(session, `\n${question.text}`))?.trim() === question.yes
        : await shutdown.untimed(async () => {
            const { viewPlanInTerminal } = await live;
            return (await viewPlanInTerminal(viewing, plan, question)) === "yes";
          });
    if (shutdown.reason() !== undefined) throw new Interrupted();
    return isYes ? "yes" : "no";
  };
}
