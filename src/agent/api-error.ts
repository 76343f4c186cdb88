/** What a failed request means for the one who sent it, whatever the server's own code says. */
export type ApiErrorKind =
  /** The server understood and said no (400, 409, 422 …): sending it again changes nothing. */
  | "refused"
  /** 404. */
  | "missing"
  /** 401 or 403. */
  | "forbidden"
  /** 429, after all waiting that was allowed. */
  | "limited"
  /** The server or the network failed and nothing was changed, or the request may be sent again safely. */
  | "unavailable"
  /** A write was sent and nobody knows whether it was done: only reading can tell. */
  | "unknown_outcome";

/** What is known of a failed request. Never holds a header or a body that was sent. */
export type ApiFailure = {
  readonly kind: ApiErrorKind;
  readonly method: string;
  readonly path: string;
  readonly status?: number;
  /** The server's reason, or the network's. */
  readonly reason: string;
  readonly requestId?: string;
  readonly attempts: number;
};

/** The only error that leaves the remote room. */
export class ApiError extends Error {
  readonly failure: ApiFailure;

  constructor(failure: ApiFailure) {
    super(`${failure.method} ${failure.path}: ${failure.reason}`);
    this.name = "ApiError";
    this.failure = failure;
  }
}

/** Whether an error is an API failure of one of these kinds. */
export function isApiError(error: unknown, ...kinds: readonly ApiErrorKind[]): error is ApiError {
  return error instanceof ApiError && (kinds.length === 0 || kinds.includes(error.failure.kind));
}
