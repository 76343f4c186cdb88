import type { AgentId, AgentKey } from "../agent/identity.ts";
import type { MemberProblem } from "../config/check-members.ts";

/** An agent that was imported. */
export type ImportedNote = {
  readonly key: AgentKey;
  readonly id: AgentId;
  readonly name: string;
  /** Environment variables that have to hold secrets nobody can read back. */
  readonly secrets: readonly string[];
  readonly unknownTools: readonly string[];
  /** What stays on the agent because a file of this version may not say it. */
  readonly unsaid: readonly MemberProblem[];
};

/** An agent that a key of the file, which had none, is bound to by `id` now. */
export type BoundNote = {
  readonly key: AgentKey;
  readonly id: AgentId;
  readonly name: string;
};

/** An agent that could not be imported: a file may not say what it cannot leave out, or it may be one of the file's. */
export type LeftOutNote = {
  readonly id: AgentId;
  readonly name: string;
  readonly unsaid: readonly MemberProblem[];
  /** The key that it may be meant for: the file has it, and no agent has its tags. */
  readonly declaredAs?: AgentKey;
};
