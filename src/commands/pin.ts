import type { AgentKey, AliasName, Version } from "../agent/identity.ts";

/** Where an alias stands now, to be written into the file. */
export type Pin = {
  readonly key: AgentKey;
  readonly alias: AliasName;
  readonly version: Version;
};
