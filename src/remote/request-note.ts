/**
 * What the transport reports while it works, for progress and `--debug`. It contains no header values and no bodies
 * that were sent.
 */
export type RequestNote =
  | {
      readonly kind: "sent";
      readonly method: string;
      readonly path: string;
      readonly attempt: number;
    }
  | {
      readonly kind: "answered";
      readonly method: string;
      readonly path: string;
      readonly attempt: number;
      readonly status: number;
      readonly ms: number;
      readonly requestId: string | undefined;
      /** The Date header: the server's time. */
      readonly date: string | undefined;
      /** The Deprecation and Sunset headers: what the server announces about this operation. */
      readonly deprecation: string | undefined;
      readonly sunset: string | undefined;
    }
  | {
      readonly kind: "waiting";
      readonly method: string;
      readonly path: string;
      readonly waitMs: number;
      readonly reason: "rate_limit" | "retry";
    }
  /** How many requests may be in flight from now on. */
  | { readonly kind: "slowed" | "recovered"; readonly limit: number };
