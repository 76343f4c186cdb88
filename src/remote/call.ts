import type { AgentId } from "../agent/identity.ts";
import type { JsonObject } from "../agent/json.ts";

/** One call of the API. */
export type Call = {
  readonly method: "GET" | "POST" | "PATCH" | "PUT" | "DELETE";
  /** With its query; nothing secret is ever in it. */
  readonly path: string;
  readonly body?: JsonObject;
  /** The header that carries the key, where it is not the usual one. */
  readonly keyIn?: "x-api-key";
  /** Doing it twice is doing it once, so it may be sent again whatever happened. */
  readonly isRepeatable: boolean;
  /** For one attempt; that of the run when left out. */
  readonly timeoutMs?: number;
  /** The call is given up when it aborts, also one that is not a GET. */
  readonly signal?: AbortSignal;
};

/** A call that only reads. */
export function get(path: string): Call {
  return { method: "GET", path, isRepeatable: true };
}

/** What may be told of a call: never its body. */
export function named({ method, path }: Call): { readonly method: string; readonly path: string } {
  return { method, path };
}

/** The path of an agent; ids are opaque, so they are encoded. */
export function agentPath(id: AgentId): string {
  return `/v1/agents/${encodeURIComponent(id)}`;
}
