import type { Plan } from "../../plan/plan.ts";

/** A question about a plan, and the answer that counts as yes; any other answer is a no. */
export type Question = { readonly text: string; readonly yes: string };

/**
 * The question whether to apply a plan. It names the project, environment and server. A delete cannot be undone, so a
 * plan that deletes asks for the name of the project, and of its environment, instead of a yes.
 */
export function planQuestion({ agents, scope }: Plan): Question {
  const { project, environment, server } = scope;
  const name = environment === "" ? project : `${project}/${environment}`;
  const where = server === "local" ? "the local emulator" : server;
  return agents.some(({ action }) => action === "delete")
    ? { text: `This deletes agents of ${name} on ${where}. Type ${name} to go on: `, yes: name }
    : { text: `Apply this plan to ${name} on ${where}? Type yes to go on: `, yes: "yes" };
}
