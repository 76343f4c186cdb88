/** The stable name of an agent inside a project: ours, written in agents.yaml. */
export type AgentKey = string & { readonly brand: "AgentKey" };

/** The server's name of an agent: theirs, opaque. */
export type AgentId = string & { readonly brand: "AgentId" };

/** A version number of one agent. The first one is 0 on some servers: never test it for truth. */
export type Version = number & { readonly brand: "Version" };

/** A movable name of a version, such as `prod`. */
export type AliasName = string & { readonly brand: "AliasName" };

/** What a release moves: an alias, or the version used by callers who name none. */
export type Pointer = AliasName | "@default";

/** Another agent as a handoff names it: by key when it is this project's, else by id. */
export type AgentRef = { readonly key: AgentKey } | { readonly id: AgentId };

/** What an agent key looks like (agents.yaml, file names of `.md` agents). */
export const agentKeyPattern = "^[a-z0-9]([a-z0-9_-]{0,62}[a-z0-9])?$";

/** What a project or an environment is called. */
export const slugPattern = "^[a-z0-9]([a-z0-9-]{0,62}[a-z0-9])?$";

/** What an environment is called in a file: like a key, where `*` stands for one character or more. */
export const environmentPattern = "^[a-z0-9*]([a-z0-9_*-]{0,62}[a-z0-9*])?$";

/** What an alias is called: 1 to 64 characters (Mistral API reference, PUT /v1/agents/{id}/aliases). */
export const aliasPattern = "^[a-z]([a-z0-9_-]{0,62}[a-z0-9])?$";

/** The keys of agents by their ids. */
export function keysById(ids: ReadonlyMap<AgentKey, AgentId>): Map<AgentId, AgentKey> {
  return new Map([...ids].map(([key, id]) => [id, key]));
}

/** The text a person reads for a handoff. */
export function refText(ref: AgentRef): string {
  return "key" in ref ? ref.key : ref.id;
}
