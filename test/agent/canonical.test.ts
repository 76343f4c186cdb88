import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { agentTable } from "../../src/agent/agent-table.ts";
import { canonical } from "../../src/agent/canonical.ts";
import { differences } from "../../src/agent/differences.ts";
import type { JsonObject } from "../../src/agent/json.ts";
import { pathText } from "../../src/agent/property-path.ts";
import { definition, echoed } from "./wire-agent.ts";

const form = (agent: JsonObject) => canonical(agentTable, agent);
const paths = (before: JsonObject, after: JsonObject) =>
  differences(agentTable, form(before), form(after), "compared").map(({ path }) => pathText(path));

const base = { name: "A", model: "m" };
const fn = (more: JsonObject) => ({
  type: "function",
  function: { name: "f", parameters: { type: "object", properties: {} }, ...more },
});

describe("equal however they are written or echoed", () => {
  test.each<[string, JsonObject, JsonObject]>([
    ["all defaults echoed", echoed(base), base],
    [
      "empty and null",
      { ...base, guardrails: [], metadata: {}, instructions: "", handoffs: [] },
      base,
    ],
    ["CRLF and LF", { ...base, instructions: "a\r\nb" }, { ...base, instructions: "a\nb" }],
    ["white space at the end", { ...base, instructions: "a\n\n " }, { ...base, instructions: "a" }],
    [
      "1 and 1.0",
      { ...base, completion_args: { temperature: 1 } },
      { ...base, completion_args: { temperature: 1.0 } },
    ],
    ["tool_choice auto", { ...base, completion_args: { tool_choice: "auto" } }, base],
    [
      "response_format text",
      { ...base, completion_args: { response_format: { type: "text", json_schema: null } } },
      base,
    ],
    [
      "one stop text",
      { ...base, completion_args: { stop: "x" } },
      { ...base, completion_args: { stop: ["x"] } },
    ],
    [
      "function defaults",
      { ...base, tools: [fn({ description: "", strict: false })] },
      { ...base, tools: [fn({})] },
    ],
    [
      "key order in schemas",
      { ...base, tools: [fn({ parameters: { type: "object", required: ["a"] } })] },
      { ...base, tools: [fn({ parameters: { required: ["a"], type: "object" } })] },
    ],
    [
      "library ids as a set without case",
      { ...base, tools: [{ type: "document_library", library_ids: ["B", "a", "a"] }] },
      { ...base, tools: [{ type: "document_library", library_ids: ["A", "b"] }] },
    ],
    [
      "tools in another order",
      { ...base, tools: [{ type: "web_search" }, fn({})] },
      { ...base, tools: [fn({}), { type: "web_search" }] },
    ],
    [
      "tool_configuration of nulls",
      {
        ...base,
        tools: [{ type: "web_search", tool_configuration: { include: null, exclude: null } }],
      },
      { ...base, tools: [{ type: "web_search" }] },
    ],
    [
      "guardrail defaults, and a model name the file leaves to the server",
      {
        ...base,
        guardrails: [
          {
            block_on_error: false,
            moderation_llm_v1: null,
            moderation_llm_v2: {
              model_name: "mistral-moderation-2603",
              action: "block",
              ignore_other_categories: false,
              custom_category_thresholds: { sexual: null, pii: null },
            },
          },
        ],
      },
      { ...base, guardrails: [{ moderation_llm_v2: { action: "block" } }] },
    ],
    ["a null label", { ...base, metadata: { team: null } }, base],
    ["our own tags", { ...base, metadata: { "agentvane.key": "a" } }, base],
    ["members nobody knows", { ...base, owner_id: "u1", brand_new: { x: 1 } }, base],
    ["a tool type nobody knows", { ...base, tools: [{ type: "telepathy", range: 3 }] }, base],
    [
      "a prediction of nothing",
      { ...base, completion_args: { prediction: { type: "content", content: "" } } },
      base,
    ],
  ])("%s", (_name, left, right) => {
    expect(paths(left, right)).toEqual([]);
  });
});

describe("different, at one path each", () => {
  test.each<[string, JsonObject, JsonObject, string]>([
    [
      "temperature against the old default",
      echoed({ ...base, completion_args: { temperature: 0.7 } }),
      { ...base, completion_args: { temperature: 0.3 } },
      "completion_args.temperature",
    ],
    [
      "temperature 0 is set",
      echoed({ ...base, completion_args: { temperature: 0 } }),
      base,
      "completion_args.temperature",
    ],
    ["a prompt", { ...base, instructions: "a" }, { ...base, instructions: "b" }, "instructions"],
    [
      "include [] is not no include",
      { ...base, tools: [{ type: "web_search", tool_configuration: { include: [] } }] },
      { ...base, tools: [{ type: "web_search" }] },
      "tools[web_search].tool_configuration.include",
    ],
    [
      "a tool more",
      { ...base, tools: [{ type: "web_search" }, fn({})] },
      { ...base, tools: [{ type: "web_search" }] },
      "tools[function:f]",
    ],
    [
      "a function's description",
      { ...base, tools: [fn({ description: "x" })] },
      { ...base, tools: [fn({})] },
      "tools[function:f].function.description",
    ],
    [
      "a second web_search",
      { ...base, tools: [{ type: "web_search" }] },
      { ...base, tools: [{ type: "web_search" }, { type: "web_search" }] },
      "tools[web_search#2]",
    ],
    [
      "order of handoffs",
      { ...base, handoffs: [{ key: "a" }, { key: "b" }] },
      { ...base, handoffs: [{ key: "b" }, { key: "a" }] },
      "handoffs",
    ],
    [
      "a label",
      { ...base, metadata: { team: "a" } },
      { ...base, metadata: { team: "b" } },
      "metadata.team",
    ],
    [
      "a guardrail that only watches",
      { ...base, guardrails: [{ moderation_llm_v1: {} }] },
      { ...base, guardrails: [{}] },
      "guardrails[0].moderation_llm_v1",
    ],
    [
      "a declared model name",
      { ...base, guardrails: [{ moderation_llm_v1: { model_name: "x" } }] },
      { ...base, guardrails: [{ moderation_llm_v1: { model_name: "y" } }] },
      "guardrails[0].moderation_llm_v1.model_name",
    ],
    [
      "declared deployment_chat",
      { ...base, deployment_chat: false },
      { ...base, deployment_chat: true },
      "deployment_chat",
    ],
    [
      "deployment_chat declared as off",
      { ...base, deployment_chat: true },
      { ...base, deployment_chat: false },
      "deployment_chat",
    ],
  ])("%s", (_name, before, after, path) => {
    expect(paths(before, after)).toEqual([path]);
  });

  test("deployment_chat declared as off is no difference to one that is not echoed", () => {
    expect(paths(base, { ...base, deployment_chat: false })).toEqual([]);
  });

  test("deployment_chat that the file leaves alone is not compared", () => {
    expect(paths({ ...base, deployment_chat: true }, base)).toEqual([]);
  });

  test("an authorization that the server keeps to itself counts only when it is not trusted", () => {
    const crm = { type: "connector", connector_id: "crm" };
    const actual = form({ ...base, tools: [crm] });
    const wanted = form({
      ...base,
      tools: [{ ...crm, authorization: { type: "api-key", value: { secret: "T" } } }],
    });
    expect(differences(agentTable, actual, wanted, "trusted")).toEqual([]);
    expect(
      differences(agentTable, actual, wanted, "compared").map(({ path }) => pathText(path)),
    ).toEqual(["tools[connector:crm].authorization"]);
  });
});

describe("laws", () => {
  test("canonical twice is canonical once", () => {
    fc.assert(
      fc.property(definition, (agent) => {
        expect(form(form(agent))).toEqual(form(agent));
      }),
    );
  });

  test("an echo with all defaults is no difference", () => {
    fc.assert(
      fc.property(definition, (agent) => {
        expect(paths(echoed(agent), agent)).toEqual([]);
        expect(paths(agent, echoed(agent)).filter((path) => !path.includes("model_name"))).toEqual(
          [],
        );
      }),
    );
  });

  test("no secret is in a canonical form", () => {
    fc.assert(
      fc.property(definition, (agent) => {
        expect(JSON.stringify(form(agent))).not.toContain('"secret"');
      }),
    );
  });
});
