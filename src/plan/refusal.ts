import type { AgentId, AgentKey, AliasName, Version } from "../agent/identity.ts";
import type { Position } from "../agent/position.ts";

/** An agent that a refusal points at: enough to find it and to choose between several. */
export type Suspect = {
  readonly id: AgentId;
  readonly name: string;
  readonly createdAt: string;
  /** Its default version was written by agentvane as it stands. */
  readonly provesItself: boolean;
};

/** A version that hands off to an agent; without a number yet where it is still to be built. */
export type CallingAgent = {
  readonly id: AgentId | AgentKey;
  readonly name: string;
  readonly version: Version | undefined;
};

/** Why a plan must not be carried out. Data: the words are in report. */
export type Refusal =
  /** `id:` names no visible agent. */
  | {
      readonly kind: "unknown_id";
      /** Undefined for an id of a command line. */
      readonly key: AgentKey | undefined;
      readonly id: AgentId;
      readonly at?: Position;
    }
  /** `id:` names an agent that belongs to another project, environment or key. */
  | {
      readonly kind: "owned_elsewhere";
      readonly key: AgentKey | undefined;
      readonly id: AgentId;
      readonly owner: {
        readonly project: string;
        readonly environment: string;
        readonly key: string;
      };
      readonly at?: Position;
    }
  /** An agent would be imported that the file has already. */
  | { readonly kind: "managed_already"; readonly id: AgentId }
  /** It would be imported into an ephemeral environment, where only tags say whose an agent is, and it has none of it. */
  | { readonly kind: "never_bound"; readonly id: AgentId; readonly environment: string }
  /** `id:` names one agent, the tags of another say that it is this key's. */
  | {
      readonly kind: "second_owner";
      readonly key: AgentKey;
      readonly id: AgentId;
      readonly others: readonly Suspect[];
      readonly at: Position;
    }
  /** Two agents carry the same tags: a console copy, or a race. Oldest first. */
  | {
      readonly kind: "duplicate_owner";
      readonly key: AgentKey;
      readonly suspects: readonly Suspect[];
    }
  /** An agent of nobody has the name of one that would be created. */
  | {
      readonly kind: "name_taken";
      readonly key: AgentKey;
      readonly name: string;
      readonly suspects: readonly Suspect[];
      readonly at: Position;
    }
  /** An agent of nobody has an older version with this key's tags: an edit outside dropped them. */
  | {
      readonly kind: "tags_lost";
      readonly key: AgentKey;
      readonly suspects: readonly Suspect[];
      readonly at: Position;
    }
  /** The key exists in this project under another form of environment: one has a name, the other none. */
  | {
      readonly kind: "other_environment_form";
      readonly key: AgentKey;
      readonly id: AgentId;
      readonly project: string;
      /** The key that it has there: another one when it was renamed at the same time. */
      readonly heldAs: string;
      /** Where it exists, and the one that was chosen; "" is none. */
      readonly environment: string;
      readonly chosen: string;
      readonly at: Position;
    }
  /** An alias should stand at a version that the agent does not have. */
  | {
      readonly kind: "unknown_version";
      readonly key: AgentKey;
      readonly alias: AliasName;
      readonly version: Version;
      readonly versions: readonly Version[];
      readonly at?: Position;
    }
  /** A library is named that the key cannot see, or that several share. */
  | {
      readonly kind: "unknown_library";
      readonly key: AgentKey;
      readonly library: string;
      readonly known: readonly string[];
      readonly ambiguous: boolean;
      readonly at: Position;
    }
  /** An agent that would be created looks like one whose key left the configuration. */
  | {
      readonly kind: "looks_renamed";
      readonly key: AgentKey;
      readonly from: AgentKey;
      readonly id: AgentId;
      readonly at: Position;
    }
  /** The agent of a key that would be created has a default version from before it was renamed. */
  | {
      readonly kind: "renamed_back";
      readonly key: AgentKey;
      readonly from: AgentKey;
      readonly id: AgentId;
      readonly version: Version;
      /** The version that was written last. */
      readonly newest: Version;
      readonly at: Position;
    }
  /** No agent has the alias, or the one that is named has not. */
  | {
      readonly kind: "unknown_alias";
      /** Aliases that there are. */
      readonly known: readonly string[];
      readonly alias: AliasName;
      readonly key: string | undefined;
    }
  /** Nothing has the alias, and an environment is called like that. */
  | {
      readonly kind: "alias_is_environment";
      readonly alias: AliasName;
      readonly environments: readonly string[];
    }
  /** Two keys would be one name of a variable, such as `a-b` and `a_b`. */
  | {
      readonly kind: "same_variable";
      readonly name: string;
      readonly keys: readonly AgentKey[];
    }
  /** A key or an id that was written outside holds what no variable can be called, or hold. */
  | { readonly kind: "unwritable_name"; readonly key: AgentKey; readonly id: AgentId }
  /** A version would be promoted that agentvane did not write as it stands. */
  | {
      readonly kind: "foreign_version";
      readonly key: AgentKey;
      readonly alias: AliasName;
      readonly version: Version;
    }
  /** Nothing is known of where an alias stood before. */
  | { readonly kind: "nothing_before"; readonly alias: AliasName }
  /** No version comes from a commit or one of its ancestors. */
  | { readonly kind: "unknown_commit"; readonly alias: AliasName; readonly commit: string }
  /** Several commits begin like this. */
  | {
      readonly kind: "ambiguous_commit";
      readonly commit: string;
      readonly named: readonly string[];
    }
  /** A flag names no agent of this project. */
  | {
      readonly kind: "unknown_key";
      readonly flag: "only" | "resend-secrets";
      readonly key: string;
      readonly known: readonly AgentKey[];
    }
  /** `--resend-secrets` names an agent whose definition has no secret. */
  | { readonly kind: "no_secret"; readonly key: AgentKey; readonly at: Position }
  /** A secret would be sent whose environment variable is not set. */
  | { readonly kind: "secret_unset"; readonly key: AgentKey; readonly variables: readonly string[] }
  /** `--only` leaves out an agent that must be created first. */
  | { readonly kind: "needs_create"; readonly key: AgentKey; readonly needs: readonly AgentKey[] }
  /** An agent would be deleted that is protected, by its tags or by the configuration. */
  | { readonly kind: "protected"; readonly key: string; readonly id: AgentId }
  /** An agent would be deleted whose entry in the file cannot be read: it may be protected there. */
  | { readonly kind: "protection_unknown"; readonly key: string; readonly id: AgentId }
  /** An agent would be deleted that a visible agent still hands off to. */
  | {
      readonly kind: "still_used";
      readonly key: string;
      readonly id: AgentId;
      readonly by: readonly CallingAgent[];
    }
  /** `--prune` with no agent in the configuration would delete the whole project. */
  | { readonly kind: "empty_configuration"; readonly deletions: number }
  /** A model retires within the time of `--fail-on-deprecated`, or is archived. */
  | {
      readonly kind: "model_retires";
      readonly model: string;
      readonly keys: readonly AgentKey[];
      readonly date: string | undefined;
      readonly replacement: string | undefined;
    }
  | { readonly kind: "too_many_deletions"; readonly count: number; readonly limit: number }
  /** An environment would have more agents than it may. */
  | { readonly kind: "too_many_agents"; readonly count: number; readonly limit: number }
  | { readonly kind: "too_many_updates"; readonly count: number; readonly limit: string };
