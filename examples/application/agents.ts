// Written by `agentvane output --format ts`. Do not edit: write it again after a release.
// Project shop, no environment.

export const project = "shop";
export const environment = "";

/** The alias to name in requests. */
export const alias = "prod";

/** The agents by key: the id, the default version, and the version of each alias. */
export const agents = {
  refunds: { id: "ag_01a22dfe07e07a6f8d0f3dbe35cd1a01", version: 0, aliases: { prod: 0 } },
  triage: { id: "ag_01a22dfe07e07a6f8d0f3dbe35cd1a02", version: 0, aliases: { prod: 0 } },
} as const;

export type AgentKey = keyof typeof agents;
