import { afterEach, describe, expect, test } from "vitest";
import type { AgentId, AliasName, Version } from "../../src/agent/identity.ts";
import type { Connection } from "../../src/remote/remote.ts";
import { calls, good, id } from "./every-call.ts";
import {
  type Answer,
  agent,
  failureOf,
  json,
  type OddServer,
  oddServer,
  testKey,
  text,
} from "./odd-server.ts";

let server: OddServer;
afterEach(() => server.stop());

const strange = "ag/1?x=y&ü" as AgentId;
const path = "/v1/agents/ag%2F1%3Fx%3Dy%26%C3%BC";
const version = 3 as Version;

describe("a request", () => {
  test.each<[string, (each: Connection) => Promise<unknown>]>([
    [`GET ${path}`, ({ reader }) => reader.agent(strange)],
    [`GET ${path}?agent_version=0`, ({ reader }) => reader.agent(strange, 0 as Version)],
    ["POST /v1/agents", ({ writer }) => writer.create({})],
    [`PATCH ${path}`, ({ writer }) => writer.update(strange, {})],
    [`DELETE ${path}`, ({ writer }) => writer.remove(strange)],
    [`PATCH ${path}/version?version=3`, ({ writer }) => writer.switchVersion(strange, version)],
    [
      `PUT ${path}/aliases?alias=a%26b&version=3`,
      ({ writer }) => writer.setAlias(strange, "a&b" as AliasName, version),
    ],
    [
      `DELETE ${path}/aliases?alias=a%26b`,
      ({ writer }) => writer.removeAlias(strange, "a&b" as AliasName),
    ],
  ])("%s is encoded", async (line, act) => {
    server = await oddServer([good]);
    await act(server);
    expect(server.requests).toEqual([line]);
  });

  test("has the key, the user agent and raw JSON", async () => {
    let headers: Record<string, unknown> = {};
    const answer: Answer = (request, response, body) => {
      headers = request.headers;
      good(request, response, body);
    };
    server = await oddServer([answer]);
    const metadata = JSON.parse('{"__proto__": 1}');
    await server.writer.create({ name: "ü", model: "m", metadata, buffer: "b" });
    expect(headers).toMatchObject({
      authorization: `Bearer ${testKey}`,
      "user-agent": "agentvane/test",
      "content-type": "application/json",
      accept: "application/json",
    });
    expect(server.bodies[0]).toBe(
      '{"name":"ü","model":"m","metadata":{"__proto__":1},"buffer":"b"}',
    );
  });

  test.each(["get", "remove", "switch"] as const)("%s has no body", async (call) => {
    let headers: Record<string, unknown> = {};
    const answer: Answer = (request, response, body) => {
      headers = request.headers;
      good(request, response, body);
    };
    server = await oddServer([answer]);
    await calls[call](server);
    expect(server.bodies).toEqual([""]);
    expect(headers).not.toHaveProperty("content-type");
    expect(headers).not.toHaveProperty("transfer-encoding");
  });

  test("goes to a server address with a path or a slash at the end", async () => {
    server = await oddServer([good]);
    const second = await oddServer([], { serverUrl: `${server.url}/gateway/` });
    await second.reader.agent(id);
    expect(server.requests).toEqual(["GET /gateway/v1/agents/ag_1"]);
    await second.stop();
  });
});

describe("an answer", () => {
  test("keeps every member, including __proto__ and unknown ones", async () => {
    const body = JSON.stringify(agent).replace("{", '{"__proto__": {"x": 1}, "owner_id": "ü",');
    server = await oddServer([text(body, 200, { "content-type": "application/json" })]);
    const found = await server.reader.agent(id);
    expect(found.owner_id).toBe("ü");
    expect(Object.getOwnPropertyDescriptor(found, "__proto__")?.value).toEqual({ x: 1 });
    expect({ ...found, ...agent }).toEqual({ ...found });
  });

  test("without versions gets its own version", async () => {
    const { versions: _v, ...lean } = { ...agent, version: 4 };
    server = await oddServer([json(lean)]);
    expect((await server.reader.agent(id)).versions).toEqual([4]);
  });

  test("with an empty list of versions, as live servers answer a create, gets its own version", async () => {
    server = await oddServer([json({ ...agent, versions: [] })]);
    const created = await server.writer.create({ name: "A", model: "m" });
    expect(created.versions).toEqual([0]);
  });

  test.each<[string, object]>([
    ["id", { id: 5 }],
    ["name", { name: null }],
    ["model", { model: undefined }],
    ["version", { version: "0" }],
    ["version", { version: 0.5 }],
    ["version", { version: -1 }],
    ["versions", { versions: [0, "1"] }],
    ["created_at", { created_at: 1 }],
    ["updated_at", { updated_at: null }],
  ])("is not an agent if its %s is wrong", async (_member, wrong) => {
    server = await oddServer([json({ ...agent, ...wrong })]);
    expect(await failureOf(() => server.reader.agent(id))).toMatchObject({
      kind: "unavailable",
      reason: "the answer is not an agent",
    });
  });

  test("lists aliases, and an invalid alias is an error", async () => {
    const times = { created_at: "2026-01-01T00:00:00Z", updated_at: "2026-01-02T00:00:00Z" };
    const prod = { alias: "prod", version: 0, ...times };
    server = await oddServer([json([prod]), json([{ alias: "prod" }])]);
    expect(await server.reader.aliases(id)).toEqual([prod]);
    expect((await failureOf(() => server.reader.aliases(id))).reason).toBe(
      "the answer is not an alias",
    );
  });

  test("a delete succeeds with 204, and with 200 and a body", async () => {
    server = await oddServer([text("", 204), json({ id: "ag_1" })]);
    await server.writer.remove(id);
    await server.writer.remove(id);
    expect(server.requests).toHaveLength(2);
  });

  test.each(["x-request-id", "x-kong-request-id"])("has its request id from %s", async (header) => {
    server = await oddServer([json({}, 422, { [header]: "abc" })]);
    expect((await failureOf(() => calls.get(server))).requestId).toBe("abc");
  });
});
