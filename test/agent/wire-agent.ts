import fc from "fast-check";
import type { Json, JsonObject } from "../../src/agent/json.ts";

/** Fills in what the server echoes for everything that is not set (Mistral API reference, sample outputs). */
export function echoed(agent: JsonObject): JsonObject {
  const args = (agent.completion_args ?? {}) as JsonObject;
  return {
    object: "agent",
    description: null,
    instructions: null,
    guardrails: null,
    handoffs: null,
    metadata: null,
    version_message: null,
    deployment_chat: false,
    source: "api",
    ...agent,
    tools: ((agent.tools ?? []) as readonly JsonObject[]).map(echoedTool),
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
      ...args,
    },
  };
}

function echoedTool(tool: JsonObject): JsonObject {
  if (tool.type !== "function") return { tool_configuration: null, ...tool };
  return {
    ...tool,
    function: { description: "", strict: false, ...(tool.function as JsonObject) },
  };
}

const text = fc.oneof(
  fc.string(),
  fc.constantFrom("", " ", "a\r\nb", "a\nb\n\n", "ümlaut", "${{ x }}", "line one\nline two  "),
);
const maybe = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: null });

const tool: fc.Arbitrary<JsonObject> = fc.oneof(
  fc.constantFrom<JsonObject>(
    { type: "web_search" },
    { type: "code_interpreter", tool_configuration: { include: [] } },
    { type: "image_generation", tool_configuration: { exclude: ["b", "a"], include: null } },
    { type: "document_library", library_ids: ["B1", "a0"] },
    {
      type: "connector",
      connector_id: "crm",
      authorization: { type: "api-key", value: { secret: "T" } },
    },
  ),
  fc.record({ name: fc.constantFrom("f", "g"), description: text, strict: fc.boolean() }).map(
    (each): JsonObject => ({
      type: "function",
      function: { ...each, parameters: { type: "object", properties: { q: { type: "string" } } } },
    }),
  ),
);

/** Definitions with everything that has ever made a difference where there was none. */
export const definition: fc.Arbitrary<JsonObject & { name: string; model: string }> = fc
  .record(
    {
      name: fc.constantFrom("A", "B b"),
      model: fc.constantFrom("mistral-small-latest", "mistral-medium-latest"),
      description: maybe(text),
      instructions: maybe(text),
      tools: fc.uniqueArray(tool, {
        maxLength: 4,
        selector: (each) => JSON.stringify([each.type, (each.function as JsonObject)?.name]),
      }),
      completion_args: fc.record(
        {
          temperature: maybe(fc.constantFrom(0, 0.3, 1)),
          max_tokens: maybe(fc.constantFrom(0, 5)),
          stop: maybe(fc.oneof(fc.constant("x"), fc.constant(["x", "y"]))),
          tool_choice: fc.constantFrom("auto", "any"),
          response_format: maybe(
            fc.constantFrom<Json>(
              { type: "text" },
              { type: "json_object" },
              { type: "json_schema", json_schema: { name: "n", schema: { type: "object" } } },
            ),
          ),
        },
        { requiredKeys: [] },
      ),
      guardrails: maybe(
        fc.constantFrom<Json>(
          [],
          [{ moderation_llm_v2: { action: "block" } }],
          [{ block_on_error: true, moderation_llm_v1: {} }],
        ),
      ),
      handoffs: maybe(fc.constantFrom<Json>([], [{ key: "b" }], [{ id: "ag_1" }, { key: "c" }])),
      metadata: maybe(fc.constantFrom<Json>({}, { team: "x" }, { team: "x", gone: null })),
    },
    { requiredKeys: ["name", "model"] },
  )
  .map((each) => each as unknown as JsonObject & { name: string; model: string });
