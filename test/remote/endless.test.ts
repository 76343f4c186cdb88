import { afterEach, describe, expect, test } from "vitest";
import type { AgentId } from "../../src/agent/identity.ts";
import { largestResponse } from "../../src/remote/response-body.ts";
import { calls } from "./every-call.ts";
import {
  type Answer,
  agent,
  failureOf,
  json,
  type OddServer,
  oddServer,
  text,
} from "./odd-server.ts";

let server: OddServer;
afterEach(() => server.stop());

/** JSON that never ends, as fast as it is taken. */
const endless: Answer = (_request, response) => {
  response.writeHead(200, { "content-type": "application/json" });
  const chunk = Buffer.alloc(1024 * 1024, " ");
  const more = () => {
    while (!response.destroyed && response.write(chunk));
  };
  response.on("drain", more);
  more();
};

describe("an endless answer", () => {
  test("is cut at the limit and not retried", async () => {
    server = await oddServer([endless], { requestTimeoutMs: 60_000 });
    const failure = await failureOf(() => calls.get(server));
    expect(failure).toMatchObject({ kind: "unavailable", attempts: 1 });
    expect(failure.reason).toContain("larger than 128 MiB");
    expect(server.requests).toHaveLength(1);
  });

  test("makes the outcome of a create unknown", async () => {
    server = await oddServer([endless], { requestTimeoutMs: 60_000 });
    const failure = await failureOf(() => calls.create(server));
    expect(failure).toMatchObject({ kind: "unknown_outcome", attempts: 1 });
  });

  test("a large answer within the limit is accepted", async () => {
    const instructions = "x".repeat(largestResponse / 8);
    server = await oddServer([text(JSON.stringify({ ...agent, instructions }))]);
    const found = await server.reader.agent("ag_1" as AgentId);
    expect(String(found.instructions)).toHaveLength(instructions.length);
  });
});

describe("an answer that is nested too deep", () => {
  /** An agent with a member that so many objects and lists are in. */
  const nested = (levels: number) => {
    const pairs = levels / 2;
    const inner = `${'[{"a":'.repeat(pairs)}1${"}]".repeat(pairs)}`;
    return text(JSON.stringify(agent).replace("{", `{"new":${inner},`));
  };

  test("is refused and not retried", async () => {
    server = await oddServer([nested(500)]);
    const failure = await failureOf(() => calls.get(server));
    expect(failure).toMatchObject({ kind: "unavailable", attempts: 1 });
    expect(failure.reason).toContain("has more than 500 levels");
    expect(server.requests).toHaveLength(1);
  });

  test("makes the outcome of a create unknown, at any depth", async () => {
    server = await oddServer([nested(200_000)]);
    const failure = await failureOf(() => calls.create(server));
    expect(failure).toMatchObject({ kind: "unknown_outcome", attempts: 1 });
  });

  test("one within the limit is accepted", async () => {
    server = await oddServer([nested(498)]);
    expect(await server.reader.agent("ag_1" as AgentId)).toHaveProperty("new");
  });

  test.each([
    ["in objects", '{"detail":', "1", "}"],
    ["in lists", '{"detail":[{"loc":', '["a"]', "}]}"],
    ["in a place", '{"detail":[{"loc":[', `${"[".repeat(50_000)}${"]".repeat(50_000)}`, "]}]}"],
  ])("a refusal with such a reason, %s, stays a refusal", async (_name, start, inner, end) => {
    const levels = inner.length > 10 ? 1 : 50_000;
    server = await oddServer([text(start.repeat(levels) + inner + end.repeat(levels), 422)]);
    expect(await failureOf(() => calls.create(server))).toMatchObject({ kind: "refused" });
  });
});

describe("an endless list", () => {
  /** Answers each request with another page. */
  const pages = (page: (at: number) => unknown): Answer => {
    let at = 0;
    return (...request) => {
      at += 1;
      json(page(at))(...request);
    };
  };
  const named = (at: number) => ({ ...agent, id: `ag_${at}` });

  test.each<[string, readonly Answer[], () => Promise<unknown>]>([
    [
      "of agents",
      [pages((at) => ({ data: [named(at)], next_page_token: `t${at}` }))],
      () => server.reader.agents(),
    ],
    [
      "of agents without any in it",
      [pages((at) => ({ data: [], next_page_token: `t${at}` }))],
      () => server.reader.agents(),
    ],
    [
      "of agents, by number",
      [json({}, 404), pages((at) => [named(at)])],
      () => server.reader.agents(),
    ],
    [
      "of versions",
      [pages((at) => [{ ...agent, version: at, versions: [0] }])],
      () => server.reader.versions("ag_1" as AgentId),
    ],
    [
      "of libraries",
      [pages((at) => ({ data: [], next_page_token: `t${at}` }))],
      () => server.reader.libraries(),
    ],
    [
      "of connectors",
      [pages((at) => ({ items: [], pagination: { next_cursor: `t${at}` } }))],
      () => server.reader.connectors(),
    ],
  ])("reading %s ends after a thousand pages", async (_name, answers, read) => {
    server = await oddServer(answers);
    expect((await failureOf(read)).reason).toContain("more than 1000 pages");
    expect(server.requests.length).toBeLessThanOrEqual(1_001);
  });
});
