import type { Clock, Conversations, Reader, Writer } from "../agent/ports.ts";
import { createConversations } from "./conversations.ts";
import type { Fetch } from "./fetch.ts";
import { createHttpClient } from "./http-client.ts";
import { createNodeFetch } from "./node-fetch.ts";
import { createProxyFetch, proxyFor } from "./proxy-fetch.ts";
import { createReader } from "./reader.ts";
import type { RequestNote } from "./request-note.ts";
import { createServerClock } from "./server-clock.ts";
import type { MaskText } from "./server-reason.ts";
import { createWriter } from "./writer.ts";

/** A server, how to reach it, and what the transport needs from outside. */
export type RemoteOptions = {
  readonly serverUrl: string;
  readonly apiKey: string;
  readonly userAgent: string;
  readonly clock: Clock;
  /** In [0, 1), for jitter. */
  readonly random: () => number;
  /** Most requests in flight at once. */
  readonly parallelism: number;
  /** For one attempt, including its body. */
  readonly requestTimeoutMs: number;
  /** The end of the run. It aborts reads and waits; a write that was sent is always awaited. */
  readonly signal: AbortSignal;
  /** The rest of the run's time, in milliseconds: the longest wait for a rate limit. */
  readonly timeLeft: () => number;
  /** HTTP_PROXY, HTTPS_PROXY and NO_PROXY, in lower or upper case. */
  readonly proxyVariables: { readonly [name: string]: string | undefined };
  /** Replaces the network: the emulator in this process. */
  readonly fetch?: Fetch;
  readonly observe: (note: RequestNote) => void;
  /** Masks secrets in texts of the server and the network before they are used. */
  readonly mask: MaskText;
};

/** The ports to one server, and a way to close its connections. */
export type Connection = {
  readonly reader: Reader;
  readonly writer: Writer;
  readonly conversations: Conversations;
  /** Ends every call that still reads, waits or would be retried; nothing is sent after that. */
  readonly close: () => void;
};

/**
 * Opens the ports to a server. Nothing is sent before the first call. Calls reject with an `ApiError` that contains
 * nothing of the request.
 */
export async function connect(options: RemoteOptions): Promise<Connection> {
  const serverUrl = options.serverUrl.replace(/\/+$/, "");
  const network = await openNetwork(options);
  const ended = new AbortController();
  const end = () => ended.abort();
  if (options.signal.aborted) end();
  options.signal.addEventListener("abort", end, { once: true });
  const { signal } = ended;
  const serverClock = createServerClock(options.clock);
  const observe = (note: RequestNote) => {
    serverClock.learn(note);
    options.observe(note);
  };
  const http = createHttpClient({ ...options, observe, serverUrl, signal, fetch: network.fetch });
  const close = () => {
    end();
    network.close();
  };
  return {
    reader: createReader(http),
    writer: createWriter(http),
    conversations: createConversations(http, serverClock.now),
    close,
  };
}

async function openNetwork({ serverUrl, parallelism, proxyVariables, fetch }: RemoteOptions) {
  if (fetch !== undefined) return { fetch, close: () => {} };
  const proxy = proxyFor(serverUrl, proxyVariables);
  if (proxy !== undefined) return createProxyFetch(proxy, parallelism);
  return createNodeFetch(parallelism);
}
