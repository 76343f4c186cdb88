import type { Caller } from "./caller.ts";
import type { AgentId, AliasName, Version } from "./identity.ts";
import type { JsonObject } from "./json.ts";
import type { Model } from "./model.ts";
import type { NamedResource, RemoteAgent, RemoteAlias } from "./remote-agent.ts";

/** Whether the newest versions of an agent, whole down to some number, are all that somebody needs. */
export type EnoughVersions = (newest: readonly RemoteAgent[]) => boolean;

/**
 * Reading the remote side. Whoever holds only this cannot write: `plan` and its kin are handed nothing else.
 * Every method rejects with an `ApiError`; a list that is not certainly whole is an error, never a short list.
 */
export type Reader = {
  /** Every visible agent at its default version. */
  agents(): Promise<readonly RemoteAgent[]>;
  /** One agent at its default version, or at the given one. */
  agent(id: AgentId, version?: Version): Promise<RemoteAgent>;
  /**
   * Every version of an agent; with `isEnough`, at least the newest ones up to where it is. Only a server that
   * lists them newest first can be left before the end.
   */
  versions(id: AgentId, isEnough?: EnoughVersions): Promise<readonly RemoteAgent[]>;
  aliases(id: AgentId): Promise<readonly RemoteAlias[]>;
  libraries(): Promise<readonly NamedResource[]>;
  connectors(): Promise<readonly NamedResource[]>;
  /** Whose key this is. */
  caller(): Promise<Caller>;
  /** The models that this key may use. */
  models(): Promise<readonly Model[]>;
};

/**
 * Changing the remote side. `create` and `update` are never sent a second time when the first may have been
 * done: they reject with `unknown_outcome` instead.
 */
export type Writer = {
  create(body: JsonObject): Promise<RemoteAgent>;
  update(id: AgentId, body: JsonObject): Promise<RemoteAgent>;
  remove(id: AgentId): Promise<void>;
  /** Makes an existing version the default. */
  switchVersion(id: AgentId, version: Version): Promise<RemoteAgent>;
  /** Creates an alias or moves it. */
  setAlias(id: AgentId, alias: AliasName, version: Version): Promise<RemoteAlias>;
  removeAlias(id: AgentId, alias: AliasName): Promise<void>;
};

/** Time, in milliseconds. Only cli has the real one. */
export type Clock = {
  now(): number;
  /** Resolves after `ms`, or as soon as the signal aborts. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
};

/** The text of a secret, by its reference. Called only for a request that is about to be sent. */
export type RevealSecret = (reference: string) => string;
