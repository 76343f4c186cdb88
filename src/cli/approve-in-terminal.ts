import { createInterface } from "node:readline";
import type { Plan } from "../plan/plan.ts";
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
  const isTerminal = process.stdin.isTTY === true && process.stderr.isTTY === true;
  if (!isTerminal || formatOf(session.invocation) !== "text") return "unavailable";
  const deletes = plan.agents.some(({ action }) => action === "delete");
  const { project } = plan.scope;
  const question = deletes
    ? `\nThis deletes agents for good. Type the project's name (${project}) to go on: `
    : "\nApply this plan? Type yes to go on: ";
  const answer = await session.stopper.untimed(() => ask(question));
  if (session.stopper.reason() !== undefined) throw new Interrupted();
  return answer.trim() === (deletes ? project : "yes") ? "yes" : "no";
}

/** One line from the terminal. The end of input, and Ctrl-C, are an empty answer. */
function ask(question: string): Promise<string> {
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  return new Promise((resolve) => {
    lines.on("SIGINT", () => {
      process.emit("SIGINT");
      lines.close();
    });
    lines.on("close", () => resolve(""));
    lines.question(question, (answer) => {
      resolve(answer);
      lines.close();
    });
  });
}
