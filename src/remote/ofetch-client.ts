import { type $Fetch, createFetch } from "ofetch";
import type { Fetch, FetchInit } from "./fetch.ts";

/**
 * ofetch over a transport. Where it makes Headers it is given a Map: names in small letters, each with one value, are all
 * that is ever sent, and Node loads its whole fetch for the real ones.
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
