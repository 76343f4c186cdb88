/** A request, whose body is one string. */
export type FetchInit = {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly signal?: AbortSignal;
};

/** The headers of an answer, in any letter case; several values are joined by commas; null if missing. */
export type ResponseHeaders = { readonly get: (name: string) => string | null };

/**
 * An answer. Fetch's own Response has this type. Our transports do not create a Response or Headers: the first one of a
 * run makes Node load its whole fetch, which takes 20 ms.
 */
export type FetchResponse = {
  readonly status: number;
  readonly headers: ResponseHeaders;
  /** Null if the status has no body. */
  readonly body: unknown;
  readonly text: () => Promise<string>;
};

/** The part of fetch that a transport must offer. It never follows redirects. */
export type Fetch = (url: string, init: FetchInit) => Promise<FetchResponse>;
