import { afterEach, expect, test } from "vitest";
import { failureOf, json, type OddServer, oddServer, silence } from "./odd-server.ts";

let server: OddServer | undefined;
afterEach(() => server?.stop());

/** Resolves with the answer of a server once a request has come. */
const arrival = () => {
  let arrived = () => {};
  const came = new Promise<void>((resolve) => {
    arrived = resolve;
  });
  return { came, arrived: () => arrived() };
};

test("closing ends a read in flight without a retry", async () => {
  const { came, arrived } = arrival();
  server = await oddServer([
    (...request) => {
      arrived();
      silence(...request);
    },
  ]);
  const reading = failureOf(server.reader.models);
  await came;
  server.close();
  expect((await reading).reason).toBe("interrupted");
  expect(server.requests).toHaveLength(1);
});

test("closing ends a read that waits for a retry", async () => {
  const { came, arrived } = arrival();
  const clock = {
    now: () => 0,
    sleep: (_ms: number, signal?: AbortSignal) =>
      new Promise<void>((resolve) => {
        signal?.addEventListener("abort", () => resolve(), { once: true });
        arrived();
      }),
  };
  server = await oddServer([json({}, 503)], { clock });
  const reading = failureOf(server.reader.models);
  await came;
  server.close();
  expect((await reading).kind).toBe("unavailable");
  expect(server.requests).toHaveLength(1);
});

test("closing ends reads that wait for their turn", async () => {
  const { came, arrived } = arrival();
  server = await oddServer(
    [
      (...request) => {
        arrived();
        silence(...request);
      },
    ],
    { parallelism: 1 },
  );
  const readings = [failureOf(server.reader.models), failureOf(server.reader.agents)];
  await came;
  server.close();
  for (const { reason } of await Promise.all(readings)) expect(reason).toContain("interrupted");
  expect(server.requests).toHaveLength(1);
});
