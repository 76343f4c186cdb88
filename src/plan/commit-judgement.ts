import type { AgentKey, AliasName } from "../agent/identity.ts";

/** Why what is checked out is older than what was applied to an agent. */
export type Outdated =
  /** A version was made from a commit that contains what is checked out. */
  | { readonly kind: "newer"; readonly key: AgentKey; readonly commit: string }
  /** An alias would go back to where it was taken from, and that was made from this commit or a newer one. */
  | {
      readonly kind: "reverted";
      readonly key: AgentKey;
      readonly commit: string;
      readonly alias: AliasName;
    }
  /** Neither contains the other, and what is checked out was committed earlier. */
  | { readonly kind: "diverged"; readonly key: AgentKey; readonly commit: string }
  /** This repository does not have the commit, and what is checked out was committed earlier. */
  | { readonly kind: "unrelated"; readonly key: AgentKey; readonly commit: string }
  /** The environment wants every applied commit to be contained, and this one is not. */
  | { readonly kind: "not_contained"; readonly key: AgentKey; readonly commit: string }
  /** An agent would be created that a newer commit, applied to another agent, may have removed. */
  | {
      readonly kind: "older_create";
      readonly key: AgentKey;
      readonly commit: string;
      readonly by: AgentKey;
    };

/** An agent, and the commit that its version was made from. */
export type Recorded = { readonly key: AgentKey; readonly commit: string };

/** What the commits of the agents that a plan changes say about it. */
export type CommitJudgement = {
  readonly outdated: readonly Outdated[];
  /** Of which nobody can tell how they stand to what is checked out. */
  readonly unknown: readonly Recorded[];
  /** Commits that are not contained in what is checked out, and that may be taken back since they are no newer. */
  readonly takenBack: readonly (Recorded & { readonly relation: "diverged" | "unrelated" })[];
};
