import type { Plan } from "../plan/plan.ts";
import { askInTerminal, canAsk } from "./ask-in-terminal.ts";
import { isInteractive } from "./interactive.ts";
import { formatOf } from "./output-format.ts";
import type { Session } from "./session.ts";
import { Interrupted } from "./stopper.ts";

/**
 * Asks on the terminal whether to carry a plan out. Deleting cannot be undone, so a plan that deletes wants
 * the project's name instead of a yes.
 */
export async function approveInTerminal(
  session: Session,
  plan: Plan,
): Promise<"yes" | "no" | "unavailable"> {
  const { invocation, stopper, viewing } = session;
  if (!canAsk() || formatOf(invocation) !== "text") return "unavailable";
  const question = questionAbout(plan);
  const isYes = await stopper.untimed(async () => {
    if (!isInteractive(invocation)) {
      return (await askInTerminal(`\n${question.text}`))?.trim() === question.yes;
    }
    const { walkThrough } = await import("./live-terminal.ts");
    return (await walkThrough(viewing, plan, question)) === "yes";
  });
  if (stopper.reason() !== undefined) throw new Interrupted();
  return isYes ? "yes" : "no";
}

function questionAbout({ agents, scope: { project } }: Plan) {
  return agents.some(({ action }) => action === "delete")
    ? {
        text: `This deletes agents for good. Type the project's name (${project}) to go on: `,
        yes: project,
      }
    : { text: "Apply this plan? Type yes to go on: ", yes: "yes" };
}
