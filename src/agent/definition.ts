import type { Check } from "./check.ts";
import type { AgentId, AgentKey, AgentRef, AliasName, Version } from "./identity.ts";
import { isList, type Json, type JsonObject } from "./json.ts";
import type { Position } from "./position.ts";
import type { PropertyPath } from "./property-path.ts";

/**
 * What an agent should be (or is), by the names of the field table, with two things held as references:
 * handoffs are `AgentRef`s, and the text of a secret is a `SecretRef`. Absent is unset.
 */
export type Definition = JsonObject & { readonly name: string; readonly model: string };

/** Stands for a secret text until the last call. The reference may be shown, the text may not. */
export type SecretRef = { readonly secret: string };

/** Where an alias of an agent should stand: at the version of this definition, at a number, or nowhere. */
export type AliasTarget = "latest" | Version | null;

/** An agent as agents.yaml wants it, after defaults, variables and files are resolved. */
export type DesiredAgent = {
  readonly key: AgentKey;
  /** An existing agent this key is bound to. */
  readonly id?: AgentId;
  readonly definition: Definition;
  readonly aliases: ReadonlyMap<AliasName, AliasTarget>;
  readonly preventDestroy: boolean;
  /** Paths of properties that are neither compared nor sent changed, such as `completion_args.temperature`. */
  readonly ignoreChanges: readonly PropertyPath[];
  /** Names of libraries that stand in for ids, by the index of the tool that uses them. */
  readonly libraryNames: ReadonlyMap<number, readonly string[]>;
  /** The instructions are this path as text, and such a file exists: `{ file: … }` was probably meant. */
  readonly forgottenFile?: string;
  /** What the file says and an ephemeral environment does not heed, such as `id` and `aliases.prod`. */
  readonly ignoredHere?: readonly PropertyPath[];
  readonly at: Position;
};

/** The renaming of a key: the agent that `from` names on the server is the one that `to` names from now on. */
export type KeyRename = { readonly from: AgentKey; readonly to: AgentKey; readonly at: Position };

/** A command that must succeed before anything is released. */
export type Gate = {
  /** Run in a shell, in the folder of the configuration. */
  readonly run: string;
  /** The agents it is about; none named is all of them. */
  readonly agents: readonly AgentKey[];
  readonly timeoutMs: number | undefined;
  /** The files that the command names, as they are now; absent where nobody looked. */
  readonly files?: readonly FileDigest[];
  readonly at: Position;
};

/** A file of the configuration's folder and the digest of its content. */
export type FileDigest = { readonly path: string; readonly digest: string };

/** All that one configuration wants: the unit of ownership is the project in one environment. */
export type DesiredProject = {
  readonly project: string;
  /** Empty when agents.yaml declares no environments. */
  readonly environment: string;
  /** The agents are made to be deleted again, beside those of other environments. */
  readonly isEphemeral: boolean;
  readonly agents: readonly DesiredAgent[];
  /** Renames of keys, chains followed: `to` is a key of the configuration. */
  readonly renames: readonly KeyRename[];
  readonly gates: readonly Gate[];
  readonly checks: readonly Check[];
  /** The environment variables that are not set, by the reference of the secret that needs them. */
  readonly unsetSecrets: ReadonlyMap<string, readonly string[]>;
};

/** What a file says about whose an agent is, without what defines it. */
export type BoundAgent = Pick<DesiredAgent, "key" | "id" | "at"> & {
  /** Unknown where the entry cannot be read: nobody may take that for a no. */
  readonly preventDestroy: boolean | "unknown";
};

/** What a configuration says about whose agents these are: all that commands need which build nothing. */
export type BoundProject = Pick<
  DesiredProject,
  "project" | "environment" | "isEphemeral" | "renames"
> & {
  readonly agents: readonly BoundAgent[];
};

/** The agents a definition hands off to, in order. */
export function handoffsOf(definition: JsonObject): readonly AgentRef[] {
  const handoffs = definition.handoffs;
  return isList(handoffs) ? (handoffs as readonly Json[] as readonly AgentRef[]) : [];
}
