import type { Definition } from "../agent/definition.ts";
import type {
  AgentId,
  AgentKey,
  AgentRef,
  AliasName,
  Pointer,
  Version,
} from "../agent/identity.ts";
import type { Json, JsonObject } from "../agent/json.ts";
import type { PropertyPath } from "../agent/property-path.ts";
import type { RemoteAgent } from "../agent/remote-agent.ts";

/**
 * Whose change it is: `yours` is in the file and not on the server, `drift` was made on the server behind
 * the tool's back, `conflict` is both at once.
 */
export type Origin = "yours" | "drift" | "conflict";

/** A change that an apply would make to one property. */
export type Change = {
  readonly path: PropertyPath;
  readonly before: Json | undefined;
  readonly after: Json | undefined;
  readonly origin: Origin;
};

/** What somebody changed outside, against the version agentvane wrote last. */
export type Drift = {
  readonly properties: readonly PropertyDrift[];
  readonly pointers: readonly PointerDrift[];
};

/** A property that somebody changed outside: what agentvane wrote, and what stands there now. */
export type PropertyDrift = {
  readonly path: PropertyPath;
  readonly before: Json | undefined;
  readonly after: Json | undefined;
  /** The version that was edited in place. */
  readonly inPlace?: Version;
  /** Nobody knows what it was before: the edit in place has left only the digits of it. */
  readonly beforeUnknown?: true;
};

/** A pointer that somebody moved outside. Undefined is nowhere. */
export type PointerDrift = {
  readonly pointer: Pointer;
  readonly expected: Version | undefined;
  readonly found: Version | undefined;
  /** The alias that remembers where it stood: `promote` or `rollback` moved it, not somebody in the console. */
  readonly rememberedBy?: AliasName;
};

/** Something worth a line that changes nothing. */
export type Note =
  /** The tools are the same in another order, which is no change. */
  | { readonly kind: "tool_order" }
  /** A temperature of 0.3 that nobody set: the server's default until August 2025. */
  | { readonly kind: "legacy_temperature" }
  /** The server lists no such model; it may still exist, so this stops nothing. */
  | { readonly kind: "unknown_model"; readonly model: string }
  /** The same for the id of a library, and for a connector. */
  | { readonly kind: "unlisted_library"; readonly library: string }
  | { readonly kind: "unlisted_connector"; readonly connector: string }
  /** Callers that name no version, and agents that hand off to this one, get the new version when it is written. */
  | { readonly kind: "live_at_once"; readonly handedOffBy: readonly AgentKey[] }
  /** An alias moves, but agents that hand off to this one run its default version, which stays. */
  | { readonly kind: "default_stays"; readonly handedOffBy: readonly AgentKey[] }
  /** The agent is forgotten and its key is still in the file, which would miss the tags at the next plan. */
  | { readonly kind: "still_in_file" }
  /** These agents have the same key: interrupted applies left them, nobody uses them, and they are deleted. */
  | { readonly kind: "duplicate_removed"; readonly ids: readonly AgentId[] }
  /** The version was built for this definition, but the server did not take these properties of it. */
  | { readonly kind: "not_taken_before"; readonly paths: readonly PropertyPath[] }
  /** The instructions are a path as text, and a file of that path exists. */
  | { readonly kind: "file_forgotten"; readonly path: string }
  /** The file says these, and they do not count in an ephemeral environment. */
  | { readonly kind: "ignored_when_ephemeral"; readonly paths: readonly PropertyPath[] }
  /** Handoffs lead from an ephemeral environment to agents that do not belong to it. */
  | { readonly kind: "leads_outside"; readonly ids: readonly AgentId[] }
  /** The agent belongs to this environment, one of several that a plan is about. */
  | { readonly kind: "of_environment"; readonly environment: string }
  /** An apply would send secrets whose environment variables are not set. */
  | { readonly kind: "unset_secrets"; readonly variables: readonly string[] }
  /** Nothing is sent although the agent has secrets: nobody can see whether one was rotated. */
  | { readonly kind: "secrets_not_compared" };

type Common = {
  readonly key: AgentKey;
  readonly name: string;
  readonly notes: readonly Note[];
};

/** An agent that exists, as the plan saw it: what the plan is made for, and what is reverted if it fails. */
type Existing = Common & {
  readonly id: AgentId;
  readonly remote: RemoteAgent;
  /** What an apply would take back of what somebody did outside. A person has to approve that. */
  readonly drift: Drift;
  /** All that somebody did outside, whatever the file wants now. Nothing may be refused because of it. */
  readonly outside: Drift;
};

/** What is written into the tags of a version besides who owns it. */
export type Stamp = {
  readonly spec: string;
  readonly protect: boolean;
  readonly ephemeral: boolean;
  readonly managed: Managed;
};

/** Which parts of an agent its file leaves to others, and which labels it has. */
export type Managed = {
  /** Paths under `ignore_changes`. */
  readonly ignored: readonly PropertyPath[];
  /** Names of declared labels, those to be removed too. */
  readonly labels: readonly string[];
};

export type CreatePlan = Common & {
  readonly action: "create";
  readonly definition: Definition;
  readonly stamp: Stamp;
  readonly changes: readonly Change[];
  /** Agents it hands off to that do not exist yet either. */
  readonly unknownHandoffs: readonly AgentKey[];
  /** Whether a second write follows: for handoffs in a circle, or for what a server refuses on create. */
  readonly completedLater: boolean;
};

/** One new version. `rename`: it belongs to another key from then on, whatever else changes. */
export type UpdatePlan = Existing & {
  readonly action: "update" | "rename";
  /** The whole agent as it should be. */
  readonly target: JsonObject;
  readonly stamp: Stamp;
  readonly changes: readonly [Change, ...Change[]];
  readonly unknownHandoffs: readonly AgentKey[];
  /** The number the new version is expected to get. */
  readonly expected: Version;
  /** Members that are left to others and not sent, since an answer may keep their secrets to itself. */
  readonly withheld: readonly string[];
  /** Nobody's agent would lose what the file leaves out: for a person to say. */
  readonly wipesUnowned: boolean;
};

/**
 * No new version: an older or unreleased one has this definition already. It may be the default version
 * itself, when that one only has to be verified again.
 */
export type ReusePlan = Existing & {
  readonly action: "reuse";
  readonly version: Version;
  /** The aliases that the release of that version moved, and where each stood before; undefined is nowhere. */
  readonly before: ReadonlyMap<AliasName, Version | undefined>;
  /** What the version is verified against. */
  readonly target: JsonObject;
  readonly changes: readonly Change[];
};

/** An existing agent that is already as it should be. `adopt`: bound by `id`, without tags, none needed yet. */
export type SettledPlan = Existing & { readonly action: "noop" | "adopt" };

/** An agent whose key left the configuration: deleted with `--prune`, otherwise only shown. */
export type OrphanPlan = Common & {
  readonly action: "delete" | "orphan";
  readonly id: AgentId;
  readonly remote: RemoteAgent;
  readonly protect: boolean;
  /** Where its aliases stand; read only for agents that are deleted. */
  readonly aliases: readonly { readonly alias: AliasName; readonly version: Version }[];
};

/** An agent that stays, without tags: one new version that says nothing but that. */
export type ForgetPlan = Common & {
  readonly action: "forget";
  readonly id: AgentId;
  readonly remote: RemoteAgent;
  readonly target: JsonObject;
};

/** What is to be done about one agent. */
export type AgentPlan = CreatePlan | UpdatePlan | ReusePlan | SettledPlan | OrphanPlan | ForgetPlan;

/** What the server's names are called in the configuration. */
export type ConfigReferences = {
  /** An agent: by key where it is one of this project's. */
  readonly agent: (id: string) => AgentRef;
  /** A connector: as the configuration spells it, by name or by id. */
  readonly connector: (id: string) => string;
};
