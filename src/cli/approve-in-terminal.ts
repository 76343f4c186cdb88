import type { Plan } from "../plan/plan.ts";
import { askInTerminal, canAsk } from "./ask-in-terminal.ts";
import { formatOf, type Session } from "./session.ts";
import { Interrupted } from "./stopper.ts";

/**
 * Asks on the terminal whether to carry a plan out. Deleting cannot be undone, so a plan that deletes wants
 * the project's name instead of a yes.
 */
export async function approveInTerminal(
  session: Session,
  plan: Plan,
): Promise<"yes" | "no" | "unavailable"> {
  if (!canAsk() || formatOf(session.invocation) !== "text") return "unavailable";
  const deletes = plan.agents.some(({ action }) => action === "delete");
  const { project } = plan.scope;
  const question = deletes
    ? `\nThis deletes agents for good. Type the project's name (${project}) to go on: `
    : "\nApply this plan? Type yes to go on: ";
  const answer = await session.stopper.untimed(() => askInTerminal(question));
  if (session.stopper.reason() !== undefined) throw new Interrupted();
  return answer?.trim() === (deletes ? project : "yes") ? "yes" : "no";
}
