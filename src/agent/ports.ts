import type { Caller } from "./caller.ts";
import type { ConversationReply, StoredConversation } from "./conversation.ts";
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

/** How long an answer of a conversation may take, and what makes it unwanted. */
export type ReplyOptions = {
  /** That of every request when left out. */
  readonly timeoutMs?: number;
  /** When it aborts, the answer is not waited for any longer: the server may still keep what was asked. */
  readonly signal: AbortSignal;
};

/**
 * Talking to agents. Whoever holds only this cannot change an agent. A request is sent again only after a 429, or when
 * it was surely not sent; every method rejects with an `ApiError`.
 */
export type Conversations = {
  start(body: JsonObject, options: ReplyOptions): Promise<ConversationReply>;
  append(id: string, body: JsonObject, options: ReplyOptions): Promise<ConversationReply>;
  /** One that is gone already is an error only if this call did not delete it. */
  remove(id: string): Promise<void>;
  /** Stored conversations, newest first; the server may ignore `metadata`, and the oldest may be left out. */
  list(metadata: JsonObject): Promise<readonly StoredConversation[]>;
  /** The server's time, as its last answer told it; this machine's before that. */
  serverNow(): number;
};

/** Time, in milliseconds. Only cli has the real one. */
export type Clock = {
  now(): number;
  /** Resolves after `ms`, or as soon as the signal aborts. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
};

/** The text of a secret, by its reference. Called only for a request that is about to be sent. */
export type RevealSecret = (reference: string) => string;
