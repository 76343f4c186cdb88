import { type $Fetch, createFetch } from "ofetch";
import type { Fetch, FetchInit } from "./fetch.ts";

/**
 * ofetch over a transport. Where ofetch makes Headers it gets a Map instead: we only send lower-case names with one
 * value each, and the real Headers make Node load its whole fetch.
 */
export function createOfetch(transport: Fetch): $Fetch {
  const send = (url: string, { headers, ...init }: SentInit) =>
    transport(url, { ...init, headers: Object.fromEntries(headers) });
  return createFetch({
    fetch: send as unknown as typeof fetch,
    Headers: Map as unknown as typeof Headers,
    AbortController,
  });
}

type SentInit = FetchInit & { readonly headers: ReadonlyMap<string, string> };
