import type { AgentKey, AliasName, Version } from "../agent/identity.ts";

/** The current version of an alias, to be written to the file. */
export type Pin = {
  readonly key: AgentKey;
  readonly alias: AliasName;
  readonly version: Version;
};
