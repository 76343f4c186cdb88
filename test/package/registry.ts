import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";

/** A registry that has one package in one version: what npm finds on the day after it was published. */
export async function startRegistry(tarball: string, version: string) {
  const bytes = readFileSync(tarball);
  const integrity = `sha512-${createHash("sha512").update(bytes).digest("base64")}`;
  const server = createServer((request, response) => {
    const host = `http://${request.headers.host}`;
    if (request.url === "/agentvane.tgz") return response.end(bytes);
    if (request.url !== "/agentvane") return response.writeHead(404).end("{}");
    const dist = { tarball: `${host}/agentvane.tgz`, integrity };
    const bin = { agentvane: "dist/agentvane.cjs" };
    return response.end(
      JSON.stringify({
        name: "agentvane",
        "dist-tags": { latest: version },
        versions: { [version]: { name: "agentvane", version, bin, dist } },
      }),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}/`,
    close: () => new Promise<void>((resolve) => server.close(() => resolve())),
  };
}
