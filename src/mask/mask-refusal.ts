import type { CallingAgent, Refusal, Suspect } from "../plan/refusal.ts";
import { maskPosition as at } from "./mask-position.ts";
import { cases, each, members, named, own, type Rule, text } from "./rule.ts";

type Owner = Extract<Refusal, { kind: "owned_elsewhere" }>["owner"];

const suspects = each(members<Suspect>({ name: text, createdAt: text }));
const by = each(members<CallingAgent>({ name: text }));
const owner = members<Owner>({ project: own, environment: own, key: own });

/** Why a plan is refused. */
export const maskRefusal: Rule<Refusal> = cases<Refusal, "kind">("kind", {
  unknown_id: { at },
  owned_elsewhere: { owner, at },
  never_bound: { environment: named },
  second_owner: { others: suspects, at },
  duplicate_owner: { suspects },
  name_taken: { name: text, suspects, at },
  tags_lost: { suspects, at },
  other_environment_form: { project: own, heldAs: own, environment: own, chosen: own, at },
  unknown_version: { at },
  unknown_library: { library: own, known: each(own), at },
  looks_renamed: { at },
  renamed_back: { at },
  unknown_alias: { key: own, known: each(own) },
  unknown_commit: { commit: own },
  ambiguous_commit: { commit: own, named: each(own) },
  unknown_key: { key: own },
  alias_is_environment: { environments: each(own) },
  same_variable: { name: own },
  secret_unset: { variables: each(own) },
  no_secret: { at },
  protected: { key: own },
  protection_unknown: { key: own },
  model_retires: { model: text, date: own, replacement: text },
  still_used: { key: own, by },
  too_many_updates: { limit: own },
});
