import { describe, expect, test } from "vitest";
import type { Json, JsonObject } from "../../src/emulator/json.ts";
import { callEmulator } from "./caller.ts";

const good = { model: "m", name: "n" };
const schemaFormat = { type: "json_schema", json_schema: { name: "s" } };

type Row = readonly [what: string, body: JsonObject, type: string, loc: readonly Json[]];

const rejected: readonly Row[] = [
  ["an unknown field", { top_k: 1 }, "extra_forbidden", ["top_k"]],
  ["a wrong type", { name: 3 }, "string_type", ["name"]],
  ["instructions of a wrong type", { instructions: [] }, "string_type", ["instructions"]],
  ["tools null", { tools: null }, "list_type", ["tools"]],
  ["a tool that is no object", { tools: ["web_search"] }, "dict_type", ["tools", 0]],
  ["a tool without type", { tools: [{}] }, "union_tag_not_found", ["tools", 0]],
  ["an unknown tool", { tools: [{ type: "mcp" }] }, "union_tag_invalid", ["tools", 0]],
  [
    "an unknown field of a tool",
    { tools: [{ type: "web_search", open_results: true }] },
    "extra_forbidden",
    ["tools", 0, "web_search", "open_results"],
  ],
  [
    "a function without parameters",
    { tools: [{ type: "function", function: { name: "f" } }] },
    "missing",
    ["tools", 0, "function", "function", "parameters"],
  ],
  [
    "a configuration of a function",
    {
      tools: [
        { type: "function", function: { name: "f", parameters: {} }, tool_configuration: null },
      ],
    },
    "extra_forbidden",
    ["tools", 0, "function", "tool_configuration"],
  ],
  [
    "no libraries",
    { tools: [{ type: "document_library", library_ids: [] }] },
    "too_short",
    ["tools", 0, "document_library", "library_ids"],
  ],
  [
    "a connector without id",
    { tools: [{ type: "connector" }] },
    "missing",
    ["tools", 0, "connector", "connector_id"],
  ],
  [
    "an authorization without value",
    { tools: [{ type: "connector", connector_id: "c", authorization: { type: "api-key" } }] },
    "missing",
    ["tools", 0, "connector", "authorization", "api-key", "value"],
  ],
  [
    "an unknown authorization",
    { tools: [{ type: "connector", connector_id: "c", authorization: { type: "basic" } }] },
    "union_tag_invalid",
    ["tools", 0, "connector", "authorization"],
  ],
  [
    "a configuration with an unknown list",
    { tools: [{ type: "web_search", tool_configuration: { only: [] } }] },
    "extra_forbidden",
    ["tools", 0, "web_search", "tool_configuration", "only"],
  ],
  ["completion_args null", { completion_args: null }, "dict_type", ["completion_args"]],
  [
    "an argument agents do not take",
    { completion_args: { seed: 1 } },
    "extra_forbidden",
    ["completion_args", "seed"],
  ],
  [
    "a temperature above 1",
    { completion_args: { temperature: 1.1 } },
    "less_than_equal",
    ["completion_args", "temperature"],
  ],
  [
    "a penalty below -2",
    { completion_args: { presence_penalty: -3 } },
    "greater_than_equal",
    ["completion_args", "presence_penalty"],
  ],
  [
    "a broken number of tokens",
    { completion_args: { max_tokens: 1.5 } },
    "int_type",
    ["completion_args", "max_tokens"],
  ],
  [
    "tool_choice null",
    { completion_args: { tool_choice: null } },
    "enum",
    ["completion_args", "tool_choice"],
  ],
  [
    "an unknown effort",
    { completion_args: { reasoning_effort: "max" } },
    "enum",
    ["completion_args", "reasoning_effort"],
  ],
  [
    "a prediction of another type",
    { completion_args: { prediction: { type: "text" } } },
    "literal_error",
    ["completion_args", "prediction", "type"],
  ],
  [
    "a JSON schema without schema",
    { completion_args: { response_format: schemaFormat } },
    "missing",
    ["completion_args", "response_format", "json_schema", "schema"],
  ],
  [
    "stop of a wrong type",
    { completion_args: { stop: 1 } },
    "string_type",
    ["completion_args", "stop"],
  ],
  ["no handoffs", { handoffs: [] }, "too_short", ["handoffs"]],
  ["a handoff that is no text", { handoffs: [1] }, "string_type", ["handoffs", 0]],
  ["metadata that is no object", { metadata: "x" }, "dict_type", ["metadata"]],
  ["a guardrail that is no object", { guardrails: [1] }, "dict_type", ["guardrails", 0]],
  [
    "an unknown guardrail action",
    { guardrails: [{ moderation_llm_v2: { action: "warn" } }] },
    "enum",
    ["guardrails", 0, "moderation_llm_v2", "action"],
  ],
  [
    "a threshold that is no number",
    { guardrails: [{ moderation_llm_v1: { custom_category_thresholds: { pii: "x" } } }] },
    "float_type",
    ["guardrails", 0, "moderation_llm_v1", "custom_category_thresholds", "pii"],
  ],
  ["a long message", { version_message: "x".repeat(501) }, "string_too_long", ["version_message"]],
];

describe("422", () => {
  test("for a forced call with a built-in tool, on create", async () => {
    const { call } = callEmulator();
    const forced = (type: string) => ({
      ...good,
      tools: [{ type, ...(type === "document_library" && { library_ids: ["x"] }) }],
      completion_args: { tool_choice: "required" },
    });
    for (const type of ["web_search", "code_interpreter", "image_generation", "document_library"]) {
      const { status, body } = await call("POST", "/v1/agents", forced(type));
      expect(status).toBe(422);
      expect(body.detail[0].msg).toContain(
        "Can't create an agent with 'tool_choice' set to 'required'",
      );
    }
    const connector = { ...forced("connector"), tools: [{ type: "connector", connector_id: "c" }] };
    expect((await call("POST", "/v1/agents", connector)).status).toBe(200);
  });

  test.each(rejected)("for %s, on create and on update", async (_, fields, type, loc) => {
    const { call, create } = callEmulator();
    const id = await create();
    for (const answer of [
      await call("POST", "/v1/agents", { ...good, ...fields }),
      await call("PATCH", `/v1/agents/${id}`, fields),
    ]) {
      expect(answer.status).toBe(422);
      const { detail } = answer.body;
      expect(detail).toHaveLength(1);
      expect(detail[0]).toMatchObject({ type, loc: ["body", ...loc], msg: expect.any(String) });
      expect(answer.body).toEqual({
        object: "Error",
        detail,
        message: detail,
        type: "invalid_request_error",
        code: 3001,
      });
    }
  });

  test.each([
    ["no model", { name: "n" }, "missing", "model"],
    ["a null name", { model: "m", name: null }, "string_type", "name"],
    ["deployment_chat", { ...good, deployment_chat: true }, "extra_forbidden", "deployment_chat"],
  ])("for %s on create only", async (_, body, type, field) => {
    const { call } = callEmulator();
    const { status, body: answer } = await call("POST", "/v1/agents", body);
    expect(status).toBe(422);
    expect(answer.detail[0]).toMatchObject({ type, loc: ["body", field] });
  });

  test.each([
    ["", "missing"],
    ["{", "json_invalid"],
    ["[]", "model_attributes_type"],
  ])("for the body %j", async (text, type) => {
    const { status, body } = await callEmulator().call("POST", "/v1/agents", text);
    expect(status).toBe(422);
    expect(body.detail[0].type).toBe(type);
  });

  test("lists all errors with the values that were sent", async () => {
    const { body } = await callEmulator().call("POST", "/v1/agents", {
      name: 1,
      extra: { a: 1 },
      completion_args: { top_p: 2 },
    });
    const told = body.detail.map(({ loc, input }: JsonObject) => [loc, input]);
    expect(told).toContainEqual([["body", "extra"], { a: 1 }]);
    expect(told).toContainEqual([["body", "completion_args", "top_p"], 2]);
    expect(told).toHaveLength(4);
  });

  test("lists the known types for an unknown tool", async () => {
    const { body } = await callEmulator().call("POST", "/v1/agents", {
      ...good,
      tools: [{ type: "mcp" }],
    });
    expect(body.detail[0].msg).toContain("'code_interpreter', 'connector', 'document_library'");
  });

  test.each([
    ["/pages?page_size=0", "greater_than_equal"],
    ["/pages?page_size=1001", "less_than_equal"],
    ["/pages?page_size=many", "int_parsing"],
    ["/pages?page_token=nonsense", "value_error"],
    ["/pages?sources=console", "enum"],
    ["/pages?deployment_chat=perhaps", "bool_parsing"],
    ["/pages?metadata=team", "dict_type"],
    ["?page=-1", "greater_than_equal"],
    ["/ag_x/versions?page_size=101", "less_than_equal"],
    ["/ag_x/version", "missing", "PATCH"],
    ["/ag_x/version?version=prod", "int_parsing", "PATCH"],
  ])("for the query of %s", async (path, type, method = "GET") => {
    const { status, body } = await callEmulator().call(method, `/v1/agents${path}`);
    expect(status).toBe(422);
    expect(body.detail[0]).toMatchObject({ type, loc: ["query", expect.any(String)] });
  });
});

describe("accepted", () => {
  test.each<[string, JsonObject]>([
    ["null for what may be null", { instructions: null, handoffs: null, guardrails: null }],
    ["null arguments", { completion_args: { temperature: null, reasoning_effort: null } }],
    ["one stop or many", { completion_args: { stop: ["a", "b"] } }],
    [
      "a format without its schema",
      { completion_args: { response_format: { type: "json_schema" } } },
    ],
    ["500 astral characters", { version_message: "🦉".repeat(500) }],
    ["open guardrails", { guardrails: [{ later: true, moderation_llm_v2: { later: 1 } }] }],
    ["any metadata", { metadata: { a: { b: [1, null] } } }],
    [
      "a null authorization",
      { tools: [{ type: "connector", connector_id: "c", authorization: null }] },
    ],
  ])("%s", async (_, fields) => {
    const { call } = callEmulator();
    expect((await call("POST", "/v1/agents", { ...good, ...fields })).status).toBe(200);
  });
});
