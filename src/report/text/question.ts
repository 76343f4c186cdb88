import type { Plan } from "../../plan/plan.ts";

/** What is asked about a plan, and what has to be typed for a yes; anything else is a no. */
export type Question = { readonly text: string; readonly yes: string };

/**
 * The question whether to carry a plan out. It names what is at stake: project, environment and server. Deleting cannot be
 * undone, so a plan that deletes wants the name of the project, and of its environment, instead of a yes.
 */
export function planQuestion({ agents, scope }: Plan): Question {
  const { project, environment, server } = scope;
  const name = environment === "" ? project : `${project}/${environment}`;
  const where = server === "local" ? "the local emulator" : server;
  return agents.some(({ action }) => action === "delete")
    ? { text: `This deletes agents of ${name} on ${where}. Type ${name} to go on: `, yes: name }
    : { text: `Apply this plan to ${name} on ${where}? Type yes to go on: `, yes: "yes" };
}
