// The emulator in a process of its own, so that its work is not counted. Answers questions of the bench.
import { randomBytes } from "node:crypto";
import { pathToFileURL } from "node:url";

const { createEmulator, listen } = await import(pathToFileURL(process.argv[2]).href);
let emulator;
let server;

process.on("message", async (message) => {
  if (message.kind === "start") {
    await server?.close();
    emulator = createEmulator({
      behaviour: { latency_ms: message.latency },
      now: () => new Date(),
      randomBytes: (count) => randomBytes(count),
      sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
    });
    server = await listen(emulator, { port: 0 });
    process.send({ url: server.url });
  } else if (message.kind === "count") {
    const writes = emulator.requests.filter(({ method }) => method !== "GET").length;
    process.send({ requests: emulator.requests.length, writes });
    emulator.clearRequests();
  }
});
process.on("disconnect", () => process.exit(0));
