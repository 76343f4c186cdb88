import { createAdaptorServer } from "@hono/node-server";
import { RESPONSE_ALREADY_SENT } from "@hono/node-server/utils/response";
import type { Emulator } from "./emulator.ts";

/** An emulator on a port. */
export type Listening = {
  readonly url: string;
  readonly port: number;
  /** Stops listening and cuts every connection, hanging ones too. */
  readonly close: () => Promise<void>;
};

/**
 * Serves an emulator over HTTP, on the loopback address unless told otherwise; port 0 takes a free one. What
 * is a rejection in process is a destroyed connection here. Rejects with a plain sentence when it cannot listen.
 */
export function listen(
  emulator: Pick<Emulator, "fetch">,
  { port, host = "127.0.0.1" }: { readonly port: number; readonly host?: string },
): Promise<Listening> {
  const server = createAdaptorServer({
    // Otherwise the whole process gets another Request and Response.
    overrideGlobalObjects: false,
    fetch: (request, { outgoing }) =>
      emulator.fetch(request).catch(() => {
        outgoing.destroy();
        return RESPONSE_ALREADY_SENT;
      }),
  });
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      if ("closeAllConnections" in server) server.closeAllConnections();
    });
  return new Promise((resolve, reject) => {
    server.once("error", (error) => reject(new Error(whyNot(error, host, port))));
    server.listen(port, host, () => {
      const address = server.address();
      const actual = typeof address === "object" && address !== null ? address.port : port;
      const name = host.includes(":") ? `[${host}]` : host;
      resolve({ url: `http://${name}:${actual}`, port: actual, close });
    });
  });
}

function whyNot(error: Error, host: string, port: number): string {
  const code = "code" in error ? String(error.code) : "";
  if (code === "EADDRINUSE") return `Port ${port} of ${host} is in use.`;
  if (code === "EACCES") return `Port ${port} of ${host} may not be used.`;
  return `Cannot listen on ${host}:${port}: ${error.message}.`;
}
