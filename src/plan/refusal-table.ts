import type { Refusal } from "./refusal.ts";

/** What a kind of refusal means beyond its words. */
type Meaning = {
  /** 4 where somebody else is at work, 3 where a rule is broken. */
  readonly exit: 3 | 4;
  /** Nobody can say whose an agent is, so nothing can be said of its drift either. All others forbid an apply alone. */
  readonly hidesOwner: boolean;
};

const refusalTable: { readonly [Kind in Refusal["kind"]]: Meaning } = {
  unknown_id: { exit: 3, hidesOwner: true },
  owned_elsewhere: { exit: 3, hidesOwner: true },
  managed_already: { exit: 3, hidesOwner: false },
  second_owner: { exit: 4, hidesOwner: true },
  duplicate_owner: { exit: 4, hidesOwner: true },
  name_taken: { exit: 3, hidesOwner: false },
  tags_lost: { exit: 3, hidesOwner: true },
  other_environment_form: { exit: 3, hidesOwner: false },
  unknown_version: { exit: 3, hidesOwner: false },
  unknown_library: { exit: 3, hidesOwner: false },
  looks_renamed: { exit: 3, hidesOwner: false },
  unknown_alias: { exit: 3, hidesOwner: false },
  alias_is_environment: { exit: 3, hidesOwner: false },
  same_variable: { exit: 3, hidesOwner: false },
  unwritable_name: { exit: 3, hidesOwner: false },
  foreign_version: { exit: 3, hidesOwner: false },
  nothing_before: { exit: 3, hidesOwner: false },
  unknown_commit: { exit: 3, hidesOwner: false },
  ambiguous_commit: { exit: 3, hidesOwner: false },
  unknown_key: { exit: 3, hidesOwner: true },
  no_secret: { exit: 3, hidesOwner: false },
  secret_unset: { exit: 3, hidesOwner: false },
  needs_create: { exit: 3, hidesOwner: false },
  protected: { exit: 3, hidesOwner: false },
  protection_unknown: { exit: 3, hidesOwner: false },
  still_used: { exit: 3, hidesOwner: false },
  empty_configuration: { exit: 3, hidesOwner: false },
  model_retires: { exit: 3, hidesOwner: false },
  too_many_deletions: { exit: 3, hidesOwner: false },
  too_many_updates: { exit: 3, hidesOwner: false },
  too_many_agents: { exit: 3, hidesOwner: false },
};

/** The exit code that a list of refusals stands for; concurrency outranks rules. */
export function refusalExitCode(refusals: readonly Refusal[]): 3 | 4 {
  return refusals.some(({ kind }) => refusalTable[kind].exit === 4) ? 4 : 3;
}

/** Whether a refusal makes it impossible to say whose an agent is. */
export function hidesOwner({ kind }: Refusal): boolean {
  return refusalTable[kind].hidesOwner;
}
