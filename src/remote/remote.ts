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

/** A server, how to reach it, and what of the world the transport needs. */
export type RemoteOptions = {
  readonly serverUrl: string;
  readonly apiKey: string;
  readonly userAgent: string;
  readonly clock: Clock;
  /** In [0, 1), for jitter. */
  readonly random: () => number;
  /** Most requests under way at once. */
  readonly parallelism: number;
  /** For one attempt, its body included. */
  readonly requestTimeoutMs: number;
  /** The end of the run: aborts reading and waiting; a write that was sent is waited for. */
  readonly signal: AbortSignal;
  /** What is left of the run, in milliseconds: how long a rate limit may be waited for. */
  readonly timeLeft: () => number;
  /** HTTP_PROXY, HTTPS_PROXY and NO_PROXY, in small letters or capitals. */
  readonly proxyVariables: { readonly [name: string]: string | undefined };
  /** Stands in for the network: the emulator in this process. */
  readonly fetch?: Fetch;
  readonly observe: (note: RequestNote) => void;
  /** Takes secrets out of what the server or the network says, before anything is made of it. */
  readonly mask: MaskText;
};

/** The ports to one server, and the end of its connections. */
export type Connection = {
  readonly reader: Reader;
  readonly writer: Writer;
  readonly conversations: Conversations;
  /** Ends every call that still reads, waits or would be sent again: nothing is sent any more. */
  readonly close: () => void;
};

/**
 * Opens the ports to a server. Nothing is sent before the first call; what calls reject with is an
 * `ApiError` that holds nothing of what was sent.
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
