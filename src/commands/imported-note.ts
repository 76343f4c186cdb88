import type { AgentId, AgentKey } from "../agent/identity.ts";
import type { MemberProblem } from "../config/check-members.ts";

/** A note about an imported agent. */
export type ImportedNote = {
  readonly key: AgentKey;
  readonly id: AgentId;
  readonly name: string;
  /** Environment variables for secrets that cannot be read from the server. */
  readonly secrets: readonly string[];
  readonly unknownTools: readonly string[];
  /** Properties that stay on the agent because a file of this version cannot contain them. */
  readonly unsaid: readonly MemberProblem[];
};

/** A note about an agent whose `id` was added to an existing key of the file. */
export type BoundNote = {
  readonly key: AgentKey;
  readonly id: AgentId;
  readonly name: string;
};

/**
 * A note about an agent that was not imported: a file cannot contain something that it requires, or the agent may
 * belong to a key of the file.
 */
export type LeftOutNote = {
  readonly id: AgentId;
  readonly name: string;
  readonly unsaid: readonly MemberProblem[];
  /** The key that it may belong to: the file has the key, and no agent has its tags. */
  readonly declaredAs?: AgentKey;
};
