import type { AgentPlan } from "../../plan/agent-plan.ts";

/** The sign of an action, so that it is visible without colours. A space for no action. */
export const actionSigns: { readonly [Action in AgentPlan["action"]]: string } = {
  create: "+",
  update: "~",
  rename: ">",
  reuse: "<",
  forget: "x",
  adopt: "=",
  delete: "-",
  orphan: "?",
  noop: " ",
};
