import { createServer } from "node:http";
import { type AddressInfo, connect as connectSocket } from "node:net";
import { afterEach, describe, expect, test } from "vitest";
import { proxyFor } from "../../src/remote/proxy-fetch.ts";
import { calls, good } from "./every-call.ts";
import { failureOf, type OddServer, oddServer } from "./odd-server.ts";

let server: OddServer;
let proxy: Awaited<ReturnType<typeof proxyTo>> | undefined;
afterEach(async () => {
  await server?.stop();
  await proxy?.stop();
  proxy = undefined;
});

describe("the choice of a proxy", () => {
  const https = { HTTPS_PROXY: "http://p:1" };
  test.each<[string, string, Record<string, string>, string | undefined]>([
    ["none without a variable", "https://a.example", {}, undefined],
    ["the one for https", "https://a.example", https, "http://p:1"],
    ["small letters first", "https://a.example", { ...https, https_proxy: "q" }, "q"],
    ["an empty one is none", "https://a.example", { HTTPS_PROXY: "" }, undefined],
    ["not the one for http", "https://a.example", { HTTP_PROXY: "http://p:1" }, undefined],
    ["never to this machine", "https://localhost", https, undefined],
    ["never to its address", "http://127.0.0.1:80", { HTTP_PROXY: "http://p:1" }, undefined],
    ["not for all", "https://a.example", { ...https, NO_PROXY: "*" }, undefined],
    ["not for a host", "https://a.example", { ...https, no_proxy: "b, A.example" }, undefined],
    [
      "not for hosts inside",
      "https://a.b.example",
      { ...https, NO_PROXY: ".b.example" },
      undefined,
    ],
    ["with a star", "https://a.b.example", { ...https, NO_PROXY: "*.b.example" }, undefined],
    [
      "but for one that ends alike",
      "https://ab.example",
      { ...https, NO_PROXY: "b.example" },
      "http://p:1",
    ],
    ["not for a port", "https://a.example", { ...https, NO_PROXY: "a.example:443" }, undefined],
    ["but for another", "https://a.example", { ...https, NO_PROXY: "a.example:80" }, "http://p:1"],
  ])("%s", (_name, url, variables, expected) => {
    expect(proxyFor(url, variables)).toBe(expected);
  });
});

describe("through a proxy", () => {
  const throughProxy = (address: string) => ({
    serverUrl: "http://agents.invalid",
    proxyVariables: { HTTP_PROXY: address },
  });

  test("goes every request, with or without a scheme in the proxy's address", async () => {
    for (const scheme of ["http://", ""]) {
      const target = await oddServer([good]);
      proxy = await proxyTo(target.url);
      server = await oddServer([], throughProxy(scheme + proxy.address));
      await calls.get(server);
      await calls.create(server);
      expect(target.requests).toEqual(["GET /v1/agents/ag_1", "POST /v1/agents"]);
      expect(target.bodies[1]).toContain('"model":"m"');
      expect(new Set(proxy.asked)).toEqual(new Set(["agents.invalid:80"]));
      await Promise.all([server.stop(), proxy.stop(), target.stop()]);
    }
  });

  test("an answer has the same size limit", async () => {
    const chunk = Buffer.alloc(1024 * 1024, " ");
    const target = await oddServer([
      (_request, response) => {
        response.writeHead(200, { "content-type": "application/json" });
        const more = () => {
          while (!response.destroyed && response.write(chunk));
        };
        response.on("drain", more);
        more();
      },
    ]);
    proxy = await proxyTo(target.url);
    server = await oddServer([], { ...throughProxy(proxy.address), requestTimeoutMs: 60_000 });
    const failure = await failureOf(() => calls.get(server));
    expect(failure).toMatchObject({ kind: "unavailable", attempts: 1 });
    expect(failure.reason).toContain("larger than 128 MiB");
    await target.stop();
  });

  test("a create is retried if the proxy cannot be reached, because it was not sent", async () => {
    const gone = await proxyTo("http://127.0.0.1:9");
    await gone.stop();
    server = await oddServer([], throughProxy(`http://${gone.address}`));
    const failure = await failureOf(() => calls.create(server));
    expect(failure).toMatchObject({ kind: "unavailable", attempts: 4 });
    expect(failure.reason).toContain("ECONNREFUSED");
  });

  test("an invalid address is an error that does not show its password", async () => {
    const { reason } = await failureOf(() =>
      oddServer([], throughProxy("socks5://user:key-of-the-test@p:1")),
    );
    expect(reason).toBe(
      "the proxy in the environment variables is not a valid http or https address",
    );
  });
});

/** A proxy that leads every tunnel to one server. */
async function proxyTo(url: string) {
  const asked: string[] = [];
  const { hostname, port } = new URL(url);
  const tunnels = createServer();
  tunnels.on("connect", (request, socket) => {
    asked.push(request.url ?? "");
    const target = connectSocket(Number(port), hostname, () => {
      socket.write("HTTP/1.1 200 OK\r\n\r\n");
      target.pipe(socket).pipe(target);
    });
    for (const end of [target, socket]) end.on("error", () => {});
    socket.on("close", () => target.destroy());
  });
  await new Promise<void>((resolve) => tunnels.listen(0, "127.0.0.1", resolve));
  const address = `127.0.0.1:${(tunnels.address() as AddressInfo).port}`;
  const stop = () =>
    new Promise<void>((resolve) => {
      tunnels.closeAllConnections();
      tunnels.close(() => resolve());
    });
  return { address, asked, stop };
}
