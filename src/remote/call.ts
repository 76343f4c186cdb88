import type { AgentId } from "../agent/identity.ts";
import type { JsonObject } from "../agent/json.ts";

/** One call of the API. */
export type Call = {
  readonly method: "GET" | "POST" | "PATCH" | "PUT" | "DELETE";
  /** With its query. It never contains a secret. */
  readonly path: string;
  readonly body?: JsonObject;
  /** The header that carries the key, if not `Authorization`. */
  readonly keyIn?: "x-api-key";
  /** Whether sending it twice has the same effect as once; if so, it may be retried after any failure. */
  readonly isRepeatable: boolean;
  /** For one attempt; if left out, the timeout of the run. */
  readonly timeoutMs?: number;
  /** Cancels the call when it aborts, even if the call is not a GET. */
  readonly signal?: AbortSignal;
};

/** A call that only reads. */
export function get(path: string): Call {
  return { method: "GET", path, isRepeatable: true };
}

/** The part of a call that may be logged: never its body. */
export function named({ method, path }: Call): { readonly method: string; readonly path: string } {
  return { method, path };
}

/** The path of an agent. Ids are opaque, so they are encoded. */
export function agentPath(id: AgentId): string {
  return `/v1/agents/${encodeURIComponent(id)}`;
}
