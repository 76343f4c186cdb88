/** What a transport sends: whole texts. */
export type FetchInit = {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly signal?: AbortSignal;
};

/** The headers of an answer: those of one name joined by commas, whatever its letters; null for none. */
export type ResponseHeaders = { readonly get: (name: string) => string | null };

/**
 * An answer. What fetch gives is one; a transport of our own makes none of those: Node loads its whole fetch, 20 ms, for the
 * first Response or Headers of a run.
 */
export type FetchResponse = {
  readonly status: number;
  readonly headers: ResponseHeaders;
  /** Null where the status has no body. */
  readonly body: unknown;
  readonly text: () => Promise<string>;
};

/** The part of fetch that a transport has to offer. It never follows redirects. */
export type Fetch = (url: string, init: FetchInit) => Promise<FetchResponse>;
