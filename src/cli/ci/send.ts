import type { Send } from "../../ci/forge-call.ts";
import { createNodeFetch } from "../../remote/node-fetch.ts";
import { createProxyFetch, proxyFor } from "../../remote/proxy-fetch.ts";
import { retryAfterMs } from "../../remote/retry-after.ts";

const requestTimeoutMs = 20_000;

/**
 * Sends requests to a forge, through the proxy of the environment variables. Each request has its own connection,
 * because a job sends few.
 */
export function createSend(variables: { readonly [name: string]: string | undefined }): Send {
  return async ({ method, url, headers, body }) => {
    const proxy = proxyFor(url, variables);
    const network = proxy === undefined ? createNodeFetch(1) : await createProxyFetch(proxy, 1);
    try {
      const signal = AbortSignal.timeout(requestTimeoutMs);
      const answer = await network.fetch(url, {
        method,
        headers: { ...headers },
        signal,
        ...(body !== undefined && { body }),
      });
      return {
        status: answer.status,
        text: await answer.text(),
        header: (name) => answer.headers.get(name) ?? undefined,
        retryAfterMs: retryAfterMs(answer.headers, Date.now()),
      };
    } finally {
      network.close();
    }
  };
}
