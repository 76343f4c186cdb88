import { describe, expect, test } from "vitest";
import { callEmulator } from "./caller.ts";

const agents = "/v1/agents";

describe("an agent", () => {
  test("is returned with every default, as in the documentation", async () => {
    const { call } = callEmulator();
    const { status, body, headers } = await call("POST", agents, {
      model: "mistral-small-latest",
      name: "X",
    });
    expect(status).toBe(200);
    expect(headers.get("x-kong-request-id")).toMatch(/^[0-9a-f]{32}$/);
    expect(body).toEqual({
      object: "agent",
      id: expect.stringMatching(/^ag_[0-9a-f]{12}7[0-9a-f]{3}[89ab][0-9a-f]{15}$/),
      version: 0,
      versions: [0],
      created_at: "2026-03-13T14:21:20.648000Z",
      updated_at: "2026-03-13T14:21:20.648002Z",
      model: "mistral-small-latest",
      name: "X",
      description: null,
      instructions: null,
      tools: [],
      completion_args: {
        stop: null,
        presence_penalty: null,
        frequency_penalty: null,
        temperature: null,
        top_p: null,
        max_tokens: null,
        random_seed: null,
        prediction: null,
        response_format: null,
        tool_choice: "auto",
        reasoning_effort: null,
      },
      guardrails: null,
      handoffs: null,
      metadata: null,
      deployment_chat: false,
      source: "api",
      version_message: null,
      owner_id: expect.any(String),
    });
  });

  test.each([
    [
      "a function",
      { type: "function", function: { name: "f", parameters: { type: "object" } } },
      {
        type: "function",
        function: { name: "f", parameters: { type: "object" }, description: "", strict: false },
      },
    ],
    ["a built-in tool", { type: "web_search" }, { type: "web_search", tool_configuration: null }],
    [
      "a configuration",
      { type: "code_interpreter", tool_configuration: { include: ["a"] } },
      {
        type: "code_interpreter",
        tool_configuration: { include: ["a"], exclude: null, requires_confirmation: null },
      },
    ],
    [
      "a library",
      { type: "document_library", library_ids: ["x"] },
      {
        type: "document_library",
        library_ids: ["x"],
        tool_configuration: null,
      },
    ],
    [
      "a connector",
      { type: "connector", connector_id: "crm" },
      {
        type: "connector",
        connector_id: "crm",
        authorization: null,
        tool_configuration: null,
      },
    ],
  ])("echoes %s with its defaults", async (_, sent, echoed) => {
    const { call } = callEmulator();
    const { body } = await call("POST", agents, { model: "m", name: "n", tools: [sent] });
    expect(body.tools).toEqual([echoed]);
  });

  test("echoes guardrails and response formats with their defaults", async () => {
    const { call } = callEmulator();
    const { body } = await call("POST", agents, {
      model: "m",
      name: "n",
      guardrails: [
        { moderation_llm_v2: { action: "block", custom_category_thresholds: { pii: 0.2 } } },
        { moderation_llm_v1: {} },
      ],
      completion_args: {
        prediction: {},
        response_format: { type: "json_schema", json_schema: { name: "s", schema: {} } },
      },
    });
    expect(body.guardrails[0]).toMatchObject({
      block_on_error: false,
      moderation_llm_v1: null,
      moderation_llm_v2: {
        model_name: "mistral-moderation-2603",
        action: "block",
        ignore_other_categories: false,
        custom_category_thresholds: { pii: 0.2, jailbreaking: null },
      },
    });
    expect(body.guardrails[1].moderation_llm_v1).toEqual({
      model_name: "mistral-moderation-2411",
      action: "none",
      ignore_other_categories: false,
      custom_category_thresholds: null,
    });
    expect(body.completion_args).toMatchObject({
      prediction: { type: "content", content: "" },
      response_format: { json_schema: { name: "s", schema: {}, description: null, strict: false } },
    });
  });

  test("may have the name of another agent", async () => {
    const { create, call } = callEmulator();
    expect(await create()).not.toBe(await create());
    expect((await call("GET", `${agents}/pages?name=n`)).body.data).toHaveLength(2);
  });

  test("is gone after DELETE, which answers 204 without a body", async () => {
    const { create, call } = callEmulator();
    const id = await create();
    expect(await call("DELETE", `${agents}/${id}`)).toMatchObject({ status: 204, body: "" });
    const after = await call("GET", `${agents}/${id}`);
    expect(after).toMatchObject({
      status: 404,
      body: { object: "Error", message: `Agent ${id} not found`, code: 3000 },
    });
  });
});

describe("versions", () => {
  test("a PATCH makes the next one, which becomes the default; omitted fields stay", async () => {
    const { create, call } = callEmulator();
    const id = await create({ instructions: "a", tools: [{ type: "web_search" }] });
    const { body } = await call("PATCH", `${agents}/${id}`, {
      instructions: "b",
      version_message: "why",
    });
    expect(body).toMatchObject({ version: 1, versions: [0, 1], instructions: "b" });
    expect(body.tools).toHaveLength(1);
    expect(body.version_message).toBe("why");
    expect(body.updated_at > body.created_at).toBe(true);
    const next = await call("PATCH", `${agents}/${id}`, {});
    expect(next.body).toMatchObject({ version: 2, version_message: null });
  });

  test("are read by number or alias, switched, and listed newest first", async () => {
    const { create, call } = callEmulator();
    const id = await create({ instructions: "v0" });
    await call("PATCH", `${agents}/${id}`, { instructions: "v1", deployment_chat: true });
    await call("PUT", `${agents}/${id}/aliases?alias=prod&version=0`);
    for (const asked of ["?agent_version=0", "?agent_version=prod", "/versions/0"]) {
      const path = asked.startsWith("/") ? `${id}${asked}` : `${id}${asked}`;
      const { body } = await call("GET", `${agents}/${path}`);
      expect(body).toMatchObject({ version: 0, versions: [0, 1], instructions: "v0" });
      expect(body.deployment_chat).toBe(false);
    }
    const switched = await call("PATCH", `${agents}/${id}/version?version=0`);
    expect(switched.body).toMatchObject({ version: 0, versions: [0, 1], instructions: "v0" });
    expect((await call("GET", `${agents}/${id}`)).body.version).toBe(0);
    expect((await call("PATCH", `${agents}/${id}`, {})).body.version).toBe(2);

    const { body } = await call("GET", `${agents}/${id}/versions?page_size=2`);
    expect(body.map(({ version }: { version: number }) => version)).toEqual([2, 1]);
    const rest = await call("GET", `${agents}/${id}/versions?page_size=2&page=1`);
    expect(rest.body).toHaveLength(1);
  });

  test.each(["?agent_version=7", "?agent_version=prod", "/versions/7", "/versions/prod"])(
    "%s that does not exist is 404",
    async (asked) => {
      const { create, call } = callEmulator();
      expect((await call("GET", `${agents}/${await create()}${asked}`)).status).toBe(404);
    },
  );
});

describe("aliases", () => {
  test("are set, moved and removed; updates and switches do not move them", async () => {
    const { create, call, pass } = callEmulator();
    const id = await create();
    const path = `${agents}/${id}/aliases`;
    const first = await call("PUT", `${path}?alias=prod&version=0`);
    expect(first.body).toMatchObject({ alias: "prod", version: 0 });
    await call("PATCH", `${agents}/${id}`, { name: "o" });
    expect((await call("GET", path)).body).toEqual([first.body]);
    pass(1000);
    const moved = await call("PUT", `${path}?alias=prod&version=1`);
    expect(moved).toMatchObject({
      status: 200,
      body: { version: 1, created_at: first.body.created_at },
    });
    expect(moved.body.updated_at > first.body.updated_at).toBe(true);
    expect((await call("DELETE", `${path}?alias=prod`)).status).toBe(204);
    expect((await call("GET", path)).body).toEqual([]);
    expect((await call("DELETE", `${path}?alias=prod`)).status).toBe(404);
  });

  test.each([
    ["alias=Prod&version=0", "string_pattern_mismatch"],
    ["alias=1&version=0", "string_pattern_mismatch"],
    ["alias=prod-&version=0", "string_pattern_mismatch"],
    ["alias=eu.prod&version=0", "string_pattern_mismatch"],
    [`alias=${"a".repeat(65)}&version=0`, "string_too_long"],
    ["version=0", "missing"],
    ["alias=prod", "missing"],
    ["alias=prod&version=x", "int_parsing"],
  ])("PUT ?%s is 422 %s", async (query, type) => {
    const { create, call } = callEmulator();
    const { status, body } = await call("PUT", `${agents}/${await create()}/aliases?${query}`);
    expect(status).toBe(422);
    expect(body.detail[0]).toMatchObject({ type, loc: ["query", expect.any(String)] });
  });

  test.each(["a", "v1_2-rc", "prod"])("%s is a valid name", async (alias) => {
    const { create, call } = callEmulator();
    const path = `${agents}/${await create()}/aliases?alias=${alias}&version=0`;
    expect((await call("PUT", path)).status).toBe(200);
  });
});

describe("the middleware", () => {
  test("answers 401 to every request without a key", async () => {
    const { emulator } = callEmulator();
    const response = await emulator.fetch(new Request("http://e/v1/nothing"));
    expect(response.status).toBe(401);
    expect(await response.json()).toEqual({ detail: "Unauthorized" });
  });

  test.each([
    ["GET", "/v1/nothing", 404],
    ["GET", "/", 404],
    ["POST", `${agents}/ag_x`, 405],
    ["PUT", agents, 405],
  ])("%s %s is %i", async (method, path, status) => {
    expect((await callEmulator().call(method, path)).status).toBe(status);
  });

  test("logs requests as they arrive, and the status when they are answered", async () => {
    const { emulator, call, create } = callEmulator();
    const seen: unknown[] = [];
    emulator.onRequest(({ status }, index) => {
      seen.push([index, status]);
    });
    const id = await create();
    await call("GET", `${agents}/${id}?agent_version=9`);
    expect(emulator.requests).toEqual([
      { method: "POST", path: agents, body: { model: "m", name: "n" }, status: 200 },
      { method: "GET", path: `${agents}/${id}?agent_version=9`, body: undefined, status: 404 },
    ]);
    expect(seen).toEqual([
      [0, undefined],
      [1, undefined],
    ]);
    emulator.clearRequests();
    expect(emulator.requests).toEqual([]);
  });

  test("runs a hook before the request is handled", async () => {
    const { emulator, call, create } = callEmulator();
    const id = await create();
    emulator.onRequest(async ({ method }) => {
      if (method === "PATCH") emulator.control.bump(id);
    });
    expect((await call("PATCH", `${agents}/${id}`, { name: "o" })).body.version).toBe(2);
  });

  test("rejects an aborted request with the reason of its signal", async () => {
    const { emulator } = callEmulator();
    const reason = new Error("gave up");
    const asked = new Request("http://e/v1/agents", { signal: AbortSignal.abort(reason) });
    await expect(emulator.fetch(asked)).rejects.toBe(reason);
    expect(emulator.requests).toEqual([]);
  });
});
