import type { NamedEntity } from "../agent/caller.ts";

/** What happens on the way to a server. */
export type ServerEvent =
  /** The variable that should hold the API key is unset or empty. */
  | { readonly kind: "key_missing"; readonly variable: string }
  /** The key belongs to another workspace than the one that the environment names. */
  | { readonly kind: "workspace_refused"; readonly expected: string; readonly found: NamedEntity }
  /** The server does not say which workspace the key belongs to. */
  | { readonly kind: "workspace_untold"; readonly expected: string }
  /** The server is read, from here to the next event; again after a yes, since somebody may have taken their time. */
  | { readonly kind: "fetching"; readonly again: boolean }
  /** Requests are held up: the server asked for patience, or a request is about to be sent again. */
  | {
      readonly kind: "waiting";
      readonly method: string;
      readonly path: string;
      readonly ms: number;
      readonly reason: "rate_limit" | "retry";
    }
  /** The server announces that an operation goes; told once a run. Dates are days where the server writes a time. */
  | {
      readonly kind: "api_deprecated";
      readonly method: string;
      readonly path: string;
      readonly since: string | undefined;
      readonly ends: string | undefined;
    }
  /** Another process writes the emulator's data, and keeps this one waiting for longer than that should take. */
  | { readonly kind: "data_busy"; readonly path: string };
