import type { AgentId, AgentKey, Pointer, Version } from "../agent/identity.ts";

/** A pointer that this apply moved, or may have moved: what it takes to put it back. */
export type MovedPointer = {
  readonly key: AgentKey;
  readonly id: AgentId;
  readonly pointer: Pointer;
  readonly from: Version | undefined;
  readonly to: Version | undefined;
  /** The default of the agent had moved on after this alias before anything was moved. */
  readonly leftByDefault?: boolean;
};
