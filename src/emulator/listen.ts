import { createAdaptorServer, type HttpBindings } from "@hono/node-server";
import { RESPONSE_ALREADY_SENT } from "@hono/node-server/utils/response";
import { Hono } from "hono";
import { isLoopbackName, onlyFromHere } from "./doorkeeper.ts";
import type { Emulator } from "./emulator.ts";

/** An emulator on a port. */
export type Listening = {
  readonly url: string;
  readonly port: number;
  /** Stops listening and closes every connection, including hanging ones. */
  readonly close: () => Promise<void>;
};

/**
 * Serves an emulator over HTTP, by default on the loopback address; port 0 picks a free port. A rejection in process
 * becomes a closed connection here. Only requests to a loopback name are served. Rejects with a plain sentence if it
 * cannot listen.
 */
export function listen(
  emulator: Pick<Emulator, "fetch">,
  { port, host = "127.0.0.1" }: { readonly port: number; readonly host?: string },
): Promise<Listening> {
  const server = createAdaptorServer({
    // Otherwise the library replaces the global Request and Response of the process.
    overrideGlobalObjects: false,
    fetch: doorOf(emulator, host).fetch,
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

type Door = Hono<{ Bindings: HttpBindings }>;

/** With a host beyond this machine, other names in `Host` are expected and allowed. */
function doorOf(emulator: Pick<Emulator, "fetch">, host: string): Door {
  const door: Door = new Hono();
  if (isLoopbackName(host.includes(":") ? `[${host}]` : host)) door.use(onlyFromHere);
  door.all("*", ({ req, env }) =>
    emulator.fetch(req.raw).catch(() => {
      env.outgoing.destroy();
      return RESPONSE_ALREADY_SENT;
    }),
  );
  return door;
}

function whyNot(error: Error, host: string, port: number): string {
  const code = "code" in error ? String(error.code) : "";
  if (code === "EADDRINUSE") return `Port ${port} of ${host} is in use.`;
  if (code === "EACCES") return `Port ${port} of ${host} cannot be used: permission denied.`;
  return `Cannot listen on ${host}:${port}: ${error.message}.`;
}
