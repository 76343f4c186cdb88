import type { Refusal } from "./refusal.ts";

/** What a kind of refusal means beyond its words. */
type Meaning = {
  /** 4 where somebody else is at work, 3 where a rule is broken. */
  readonly exit: 3 | 4;
  /** Nobody can say whose an agent is, so nothing can be said of its drift either. All others forbid an apply alone. */
  readonly hidesOwner: boolean;
  /** The agents whose keys it names, or all that a plan would do. */
  readonly about: "agents" | "plan";
};

const refusalTable: { readonly [Kind in Refusal["kind"]]: Meaning } = {
  unknown_id: { exit: 3, hidesOwner: true, about: "agents" },
  owned_elsewhere: { exit: 3, hidesOwner: true, about: "agents" },
  never_bound: { exit: 3, hidesOwner: false, about: "plan" },
  managed_already: { exit: 3, hidesOwner: false, about: "plan" },
  second_owner: { exit: 4, hidesOwner: true, about: "agents" },
  duplicate_owner: { exit: 4, hidesOwner: true, about: "agents" },
  name_taken: { exit: 3, hidesOwner: false, about: "agents" },
  tags_lost: { exit: 3, hidesOwner: true, about: "agents" },
  other_environment_form: { exit: 3, hidesOwner: false, about: "agents" },
  unknown_version: { exit: 3, hidesOwner: false, about: "agents" },
  unknown_library: { exit: 3, hidesOwner: false, about: "agents" },
  looks_renamed: { exit: 3, hidesOwner: false, about: "agents" },
  renamed_back: { exit: 3, hidesOwner: true, about: "agents" },
  unknown_alias: { exit: 3, hidesOwner: false, about: "plan" },
  alias_is_environment: { exit: 3, hidesOwner: false, about: "plan" },
  same_variable: { exit: 3, hidesOwner: false, about: "plan" },
  unwritable_name: { exit: 3, hidesOwner: false, about: "agents" },
  foreign_version: { exit: 3, hidesOwner: false, about: "agents" },
  nothing_before: { exit: 3, hidesOwner: false, about: "plan" },
  unknown_commit: { exit: 3, hidesOwner: false, about: "plan" },
  ambiguous_commit: { exit: 3, hidesOwner: false, about: "plan" },
  unknown_key: { exit: 3, hidesOwner: true, about: "plan" },
  no_secret: { exit: 3, hidesOwner: false, about: "agents" },
  secret_unset: { exit: 3, hidesOwner: false, about: "agents" },
  needs_create: { exit: 3, hidesOwner: false, about: "agents" },
  protected: { exit: 3, hidesOwner: false, about: "agents" },
  protection_unknown: { exit: 3, hidesOwner: false, about: "agents" },
  still_used: { exit: 3, hidesOwner: false, about: "agents" },
  empty_configuration: { exit: 3, hidesOwner: false, about: "plan" },
  model_retires: { exit: 3, hidesOwner: false, about: "agents" },
  too_many_deletions: { exit: 3, hidesOwner: false, about: "plan" },
  too_many_updates: { exit: 3, hidesOwner: false, about: "plan" },
  too_many_agents: { exit: 3, hidesOwner: false, about: "plan" },
};

/** The exit code that a list of refusals stands for; concurrency outranks rules. */
export function refusalExitCode(refusals: readonly Refusal[]): 3 | 4 {
  return refusals.some(({ kind }) => refusalTable[kind].exit === 4) ? 4 : 3;
}

/** Whether a refusal makes it impossible to say whose an agent is. */
export function hidesOwner({ kind }: Refusal): boolean {
  return refusalTable[kind].hidesOwner;
}

/** Whether a refusal forbids something that is done to one of these agents. */
export function concerns(refusal: Refusal, keys: ReadonlySet<string>): boolean {
  if (refusalTable[refusal.kind].about === "plan") return true;
  const named = [
    ...("key" in refusal ? [refusal.key] : []),
    ...("keys" in refusal ? refusal.keys : []),
    ...("from" in refusal ? [refusal.from] : []),
  ];
  return named.some((key) => key === undefined || keys.has(key));
}
