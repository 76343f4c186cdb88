import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { createEmulator } from "../../src/emulator/emulator.ts";

const page = readFileSync(new URL("../../docs/problems.md", import.meta.url), "utf8");
const emulator = createEmulator({
  now: () => new Date(),
  randomBytes: (count) => randomBytes(count),
});
const requests = [...page.matchAll(/\b(GET|POST|PATCH|PUT|DELETE) (\/v1\/[^\s,)]+)/g)].map(
  ([, method = "", path = ""]) => [method, path] as const,
);

test("the page shows requests", () => {
  expect(new Set(requests.map(([method]) => method)).size).toBeGreaterThan(3);
});

test.each(requests)("%s %s is an operation of the API", async (method, path) => {
  const headers = { authorization: "Bearer any", "content-type": "application/json" };
  const body = method === "GET" || method === "DELETE" ? null : "{}";
  const answer = await emulator.fetch(
    new Request(`http://127.0.0.1${path}`, { method, headers, body }),
  );
  const text = await answer.text();
  // An agent that is not there is told in other words than a path or a method that is not.
  expect(text).not.toMatch(/"detail":"(Not Found|Method Not Allowed)"/);
});
