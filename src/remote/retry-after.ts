import type { ResponseHeaders } from "./fetch.ts";

/**
 * The wait that a Retry-After header asks for, in milliseconds: seconds or an HTTP date (RFC 9110, 10.2.3). Undefined
 * if there is none or it is not in the future, so that "0" falls back to our own back-off.
 */
export function retryAfterMs(headers: ResponseHeaders, now: number): number | undefined {
  const text = headers.get("retry-after")?.trim() ?? "";
  const wait = /^\d+(\.\d+)?$/.test(text) ? Math.ceil(Number(text)) * 1000 : Date.parse(text) - now;
  return wait > 0 ? wait : undefined;
}
