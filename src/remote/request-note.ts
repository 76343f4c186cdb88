/** What the transport tells while it works, for progress and for `--debug`. No header or body is in it. */
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
      /** The Date header: what the server's clock said. */
      readonly date: string | undefined;
      /** The Deprecation and Sunset headers: what is announced about this operation. */
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
  /** How many requests may go at once from now on. */
  | { readonly kind: "slowed" | "recovered"; readonly limit: number };
