import type { NamedEntity } from "../agent/caller.ts";

/** Events on the way to a server. */
export type ServerEvent =
  /** The variable for the API key is unset or empty. */
  | { readonly kind: "key_missing"; readonly variable: string }
  /** The key belongs to another workspace than the environment names. */
  | { readonly kind: "workspace_refused"; readonly expected: string; readonly found: NamedEntity }
  /** The server does not say which workspace the key belongs to. */
  | { readonly kind: "workspace_untold"; readonly expected: string }
  /**
   * Reading the server starts and lasts until the next event; it happens again after a yes, because time has passed.
   */
  | { readonly kind: "fetching"; readonly again: boolean }
  /** Requests are delayed: by a rate limit, or before a retry. */
  | {
      readonly kind: "waiting";
      readonly method: string;
      readonly path: string;
      readonly ms: number;
      readonly reason: "rate_limit" | "retry";
    }
  /**
   * The server announces the end of an operation; reported once per run. Dates are days, while the server sends a time.
   */
  | {
      readonly kind: "api_deprecated";
      readonly method: string;
      readonly path: string;
      readonly since: string | undefined;
      readonly ends: string | undefined;
    }
  /** Another process has locked the emulator's data for longer than usual. */
  | { readonly kind: "data_busy"; readonly path: string };
