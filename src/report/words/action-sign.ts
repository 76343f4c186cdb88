import type { AgentPlan } from "../../plan/agent-plan.ts";

/** The sign of an action, so that it can be told without colours. A space where nothing is done. */
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
