import { afterEach, describe, expect, test } from "vitest";
import type { AgentId } from "../../src/agent/identity.ts";
import { type Answer, agent, failureOf, json, type OddServer, oddServer } from "./odd-server.ts";

let server: OddServer;
afterEach(() => server.stop());

const page = (ids: readonly string[], next: unknown) =>
  json({ object: "list", data: ids.map((id) => ({ ...agent, id })), next_page_token: next });
const ids = async () => (await server.reader.agents()).map(({ id }) => id);

describe("all agents", () => {
  test("are read page by page by token, even if a page is short", async () => {
    server = await oddServer([page(["a", "b"], "t 1"), page([], "t2"), page(["c"], null)]);
    expect(await ids()).toEqual(["a", "b", "c"]);
    expect(server.requests).toEqual([
      "GET /v1/agents/pages?page_size=1000",
      "GET /v1/agents/pages?page_size=1000&page_token=t%201",
      "GET /v1/agents/pages?page_size=1000&page_token=t2",
    ]);
  });

  test.each([null, undefined, ""])("the last page has the token %j", async (token) => {
    server = await oddServer([page(["a"], token)]);
    expect(await ids()).toEqual(["a"]);
    expect(server.requests).toHaveLength(1);
  });

  test.each([404, 405])(
    "a server without pages (%i) is listed by number until a page is empty",
    async (status) => {
      server = await oddServer([
        json({}, status),
        json([{ ...agent, id: "a" }]),
        json([{ ...agent, id: "b" }]),
        json([]),
      ]);
      expect(await ids()).toEqual(["a", "b"]);
      expect(server.requests[3]).toBe("GET /v1/agents?page=2&page_size=1000");
    },
  );

  test("summaries are read one by one", async () => {
    const { instructions: _i, tools: _t, completion_args: _c, ...summary } = agent;
    server = await oddServer([json({ data: [summary], next_page_token: null }), json(agent)]);
    expect(await server.reader.agents()).toEqual([agent]);
    expect(server.requests[1]).toBe("GET /v1/agents/ag_1");
  });

  test.each<[string, readonly Answer[], string]>([
    [
      "a second page that fails",
      [page(["a"], "t"), json({ message: "gone" }, 404)],
      "page 2 of the agent list: gone",
    ],
    [
      "a repeated token",
      [page(["a"], "t"), page(["b"], "t")],
      "page 2 of the agent list: the server gave the same page token twice",
    ],
    [
      "an agent listed twice",
      [page(["a"], "t"), page(["a"], null)],
      "page 2 of the agent list: agent a is listed twice",
    ],
    [
      "a token that is no text",
      [page(["a"], 5)],
      "page 1 of the agent list: the page token is not a string",
    ],
    [
      "a second page that is not there",
      [page(["a"], "t"), json({}, 405)],
      "page 2 of the agent list: the server gave no reason",
    ],
    [
      "an old list that repeats itself",
      [json({}, 404), json([agent])],
      "page 2 of the agent list: agent ag_1 is listed twice",
    ],
    [
      "an old list that fails",
      [json({}, 404), json({ detail: "no such thing" }, 404)],
      "page 1 of the agent list: no such thing",
    ],
    [
      "a page without data",
      [json({ object: "list" })],
      "page 1 of the agent list: the answer is not a list",
    ],
    ["a page that is a list", [json([])], "page 1 of the agent list: the answer is not an object"],
    [
      "something that is no agent",
      [json({ data: [{ id: 1 }] })],
      "page 1 of the agent list: the answer is not an agent",
    ],
  ])("%s ends the list", async (_name, answers, expected) => {
    server = await oddServer(answers);
    expect((await failureOf(() => server.reader.agents())).reason).toBe(expected);
  });
});

describe("all versions of an agent", () => {
  const all = Array.from({ length: 230 }, (_, at) => at);
  const versions = (from: number, to: number, known = all) =>
    json(all.slice(from, to).map((version) => ({ ...agent, version, versions: known })));
  const found = async () =>
    (await server.reader.versions("ag/1" as AgentId)).map(({ version }) => version);

  test("are read page by page, up to a short one", async () => {
    server = await oddServer([versions(0, 100), versions(100, 200), versions(200, 230)]);
    expect(await found()).toEqual(all);
    expect(server.requests).toEqual(
      [0, 1, 2].map((at) => `GET /v1/agents/ag%2F1/versions?page=${at}&page_size=100`),
    );
  });

  test("are read beyond a short page while known versions are missing", async () => {
    server = await oddServer([versions(0, 20), versions(20, 40), versions(40, 230)]);
    expect(await found()).toEqual(all);
  });

  test("are read beyond a full page, whatever versions they name", async () => {
    const none: number[] = [];
    server = await oddServer([versions(0, 100, none), versions(100, 130, none)]);
    expect(await found()).toEqual(all.slice(0, 130));
  });

  test("are returned once each if the pages shift", async () => {
    const known = all.slice(0, 150);
    server = await oddServer([versions(0, 100, known), versions(99, 150, known)]);
    expect(await found()).toEqual(known);
  });

  describe("down to a wanted version", () => {
    const down = all.toReversed();
    const pages = (order: readonly number[]) =>
      [0, 100, 200].map((from) =>
        json(
          order.slice(from, from + 100).map((version) => ({ ...agent, version, versions: all })),
        ),
      );
    const enough = async (least: number) => {
      const found = await server.reader.versions("ag/1" as AgentId, (newest) =>
        newest.some(({ version }) => version <= least),
      );
      return found.map(({ version }) => version);
    };

    test("are not read further if the newest come first", async () => {
      server = await oddServer(pages(down));
      expect(await enough(150)).toEqual(down.slice(0, 100));
      expect(server.requests).toHaveLength(1);
    });

    test("are all read if the oldest come first", async () => {
      server = await oddServer(pages(all));
      expect(await enough(150)).toEqual(all);
    });

    test("are an error if one is missing", async () => {
      server = await oddServer(pages(down.filter((version) => version !== 180)));
      expect((await failureOf(() => enough(150))).reason).toBe("version 180 is not in the list");
    });
  });

  test.each<[string, readonly Answer[], string]>([
    ["a hole", [versions(0, 5, [0, 1, 2, 3, 4, 9]), json([])], "version 9 is not in the list"],
    ["no version at all", [json([])], "the list of versions is empty"],
    ["something else", [json({ data: [] })], "the answer is not a list"],
  ])("%s is an error", async (_name, answers, expected) => {
    server = await oddServer(answers);
    expect((await failureOf(found)).reason).toBe(expected);
  });
});

test("models have ids and aliases; every other member is optional", async () => {
  const card = (id: string, aliases: readonly string[]) => ({ id, aliases });
  server = await oddServer([json({ data: [card("a-1", ["a"]), card("a", ["a-1"]), { id: 5 }] })]);
  const plain = { deprecation: undefined, isArchived: false, canCallFunctions: true };
  expect(await server.reader.models()).toEqual([
    { id: "a-1", aliases: ["a"], ...plain },
    { id: "a", aliases: ["a-1"], ...plain },
  ]);
  expect(server.requests).toEqual(["GET /v1/models"]);
});

test("a deprecation is a time, a date or true", async () => {
  const card = (deprecation: unknown, other?: unknown) => ({
    id: "m",
    deprecation,
    deprecation_replacement_model: other,
  });
  const cards = [
    card("2026-08-31T12:00:00Z", "n"),
    card("2026-08-31", null),
    card(true),
    card(null, "n"),
    card(""),
  ];
  server = await oddServer([json({ data: cards })]);
  expect((await server.reader.models()).map(({ deprecation }) => deprecation)).toEqual([
    { date: "2026-08-31T12:00:00Z", replacement: "n" },
    { date: "2026-08-31", replacement: undefined },
    { date: undefined, replacement: undefined },
    undefined,
    undefined,
  ]);
});

describe("libraries and connectors", () => {
  test("are each paged in their own way", async () => {
    server = await oddServer([
      json({ data: [{ id: "1", name: "a" }], next_page_token: "n&" }),
      json({ data: [{ id: "2", name: "b", extra: 1 }], next_page_token: null }),
      json({ items: [{ id: "3", name: "c" }], pagination: { next_cursor: "k" } }),
      json({ items: [], pagination: { next_cursor: null } }),
    ]);
    expect(await server.reader.libraries()).toEqual([
      { id: "1", name: "a" },
      { id: "2", name: "b" },
    ]);
    expect(await server.reader.connectors()).toEqual([{ id: "3", name: "c" }]);
    expect(server.requests).toEqual([
      "GET /v1/libraries?page_size=100",
      "GET /v1/libraries?page_size=100&page_token=n%26",
      "GET /v1/connectors?page_size=1000",
      "GET /v1/connectors?page_size=1000&cursor=k",
    ]);
  });

  test.each<[string, readonly Answer[], string]>([
    [
      "a repeated token",
      [json({ data: [], next_page_token: "n" })],
      "page 2 of the library list: the server gave the same page token twice",
    ],
    [
      "a library without a name",
      [json({ data: [{ id: "1" }] })],
      "page 1 of the library list: the answer lacks an id or a name",
    ],
  ])("%s is an error", async (_name, answers, expected) => {
    server = await oddServer(answers);
    expect((await failureOf(() => server.reader.libraries())).reason).toBe(expected);
  });
});
