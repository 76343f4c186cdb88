// The least any client can do: the same number of requests, nothing but node:http, the same concurrency.
import { Agent, request } from "node:http";

const [url, method, path, count, concurrency, bodySize] = process.argv.slice(2);
const agent = new Agent({ keepAlive: true, maxSockets: Number(concurrency) });
const body =
  Number(bodySize) > 0
    ? JSON.stringify({ model: "m", name: "floor", instructions: "x".repeat(Number(bodySize)) })
    : undefined;
let left = Number(count);

function send() {
  return new Promise((resolve, reject) => {
    const headers = {
      authorization: "Bearer bench",
      ...(body && { "content-type": "application/json" }),
    };
    const sent = request(`${url}${path}`, { method, agent, headers }, (answer) => {
      let text = "";
      answer.setEncoding("utf8").on("data", (chunk) => {
        text += chunk;
      });
      answer.on("end", () => resolve(JSON.parse(text)));
    });
    sent.on("error", reject);
    sent.end(body);
  });
}

await Promise.all(
  Array.from({ length: Number(concurrency) }, async () => {
    while (left > 0) {
      left -= 1;
      await send();
    }
  }),
);
agent.destroy();
