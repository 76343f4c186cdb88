import { ApiError } from "../agent/api-error.ts";
import type { Fetch } from "./fetch.ts";
import { createResponseBody } from "./response-body.ts";
import { isLoopback } from "./server-url.ts";

type EnvironmentVariables = { readonly [name: string]: string | undefined };

/** The proxy for a server, from the usual environment variables; undefined if the server is reached directly. */
export function proxyFor(serverUrl: string, variables: EnvironmentVariables): string | undefined {
  const url = new URL(serverUrl);
  const read = (name: string) => variables[name.toLowerCase()] || variables[name.toUpperCase()];
  const proxy = read(url.protocol === "https:" ? "https_proxy" : "http_proxy") || undefined;
  if (proxy === undefined || isLoopback(url.hostname)) return undefined;
  const exceptions = (read("no_proxy") ?? "").split(/[\s,]+/).filter((each) => each !== "");
  return exceptions.some((exception) => isExcepted(url, exception)) ? undefined : proxy;
}

/**
 * A fetch through a proxy; an address without a scheme is read as http. The library is loaded only here, because most
 * runs need no proxy. Rejects with an `ApiError` if the address is not valid; the error does not show the address,
 * which may contain a password.
 */
export async function createProxyFetch(
  proxy: string,
  sockets: number,
): Promise<{ readonly fetch: Fetch; readonly close: () => void }> {
  const address = proxy.includes("://") ? proxy : `http://${proxy}`;
  if (!URL.canParse(address) || !/^https?:$/.test(new URL(address).protocol)) {
    const reason = "the proxy in the environment variables is not a valid http or https address";
    const call = { method: "CONNECT", path: "proxy", attempts: 0 };
    throw new ApiError({ kind: "unavailable", ...call, reason });
  }
  // The default export: a bundled CommonJS module has no other.
  const { fetch, ProxyAgent } = (await import("undici")).default;
  const dispatcher = new ProxyAgent({ uri: address, connections: sockets });
  const send = fetch as unknown as (url: string, init: object) => Promise<Response>;
  return {
    fetch: async (url, init) =>
      readWhole(await send(url, { ...init, dispatcher, redirect: "manual" })),
    close: () => void dispatcher.destroy(),
  };
}

/** The answer with its whole body, limited as without a proxy. */
async function readWhole(answer: Response): Promise<Response> {
  const { body, status, headers } = answer;
  if (body === null) return answer;
  const read = createResponseBody();
  for await (const chunk of body) read.add(chunk);
  return new Response(new Uint8Array(read.whole()), { status, headers: [...headers] });
}

function isExcepted(url: URL, exception: string): boolean {
  if (exception === "*") return true;
  const [host = "", port] = exception
    .toLowerCase()
    .replace(/^\*?\./, "")
    .split(":");
  const standardPort = url.protocol === "https:" ? "443" : "80";
  if (port !== undefined && port !== (url.port || standardPort)) return false;
  return url.hostname === host || url.hostname.endsWith(`.${host}`);
}
