import type { JsonObject } from "./json.ts";

/** The building blocks of request bodies. */
export const text = { type: "string" };
export const textOrNull = { type: ["string", "null"] };
const flag = { type: "boolean" };
const texts = { type: "array", items: text };
const textsOrNull = { type: ["array", "null"], items: text };
export const anyObject = { type: "object" };

function numberOrNull(minimum: number, maximum: number): JsonObject {
  return { type: ["number", "null"], minimum, maximum };
}

/** An object that may have these members and no others. */
export function closed(properties: JsonObject, required: readonly string[] = []): JsonObject {
  return { type: "object", properties, required, additionalProperties: false };
}

/** A schema that also accepts null. */
export function orNull(schema: JsonObject): JsonObject {
  return { ...schema, type: ["object", "null"] };
}

/** Objects that differ by their `type`, which the server requires although the reference gives it a default. */
export function byType(variants: { readonly [type: string]: JsonObject }): JsonObject {
  return {
    type: "object",
    discriminator: { propertyName: "type" },
    oneOf: Object.entries(variants).map(([type, { properties, required }]) =>
      closed({ ...Object(properties), type: { const: type } }, ["type", ...Object(required)]),
    ),
  };
}

const toolConfiguration = orNull(
  closed({ include: textsOrNull, exclude: textsOrNull, requires_confirmation: textsOrNull }),
);

const builtIn = closed({ tool_configuration: toolConfiguration });

const tool = byType({
  code_interpreter: builtIn,
  connector: closed(
    {
      connector_id: text,
      authorization: orNull(
        byType({
          "api-key": closed({ value: text }, ["value"]),
          "oauth2-token": closed({ value: text }, ["value"]),
        }),
      ),
      tool_configuration: toolConfiguration,
    },
    ["connector_id"],
  ),
  document_library: closed(
    { library_ids: { ...texts, minItems: 1 }, tool_configuration: toolConfiguration },
    ["library_ids"],
  ),
  function: closed(
    {
      function: closed({ name: text, description: text, strict: flag, parameters: anyObject }, [
        "name",
        "parameters",
      ]),
    },
    ["function"],
  ),
  image_generation: builtIn,
  web_search: builtIn,
  web_search_premium: builtIn,
});

const responseFormat = closed({
  type: { enum: ["text", "json_object", "json_schema"] },
  json_schema: orNull(
    closed({ name: text, description: textOrNull, schema: anyObject, strict: flag }, [
      "name",
      "schema",
    ]),
  ),
});

/** Sampling and answer format, for agents and for one conversation. */
export const completionArgs = closed({
  stop: { type: ["string", "array", "null"], items: text },
  presence_penalty: numberOrNull(-2, 2),
  frequency_penalty: numberOrNull(-2, 2),
  temperature: numberOrNull(0, 1),
  top_p: numberOrNull(0, 1),
  max_tokens: { type: ["integer", "null"], minimum: 0 },
  random_seed: { type: ["integer", "null"], minimum: 0 },
  prediction: orNull(closed({ type: { const: "content" }, content: text })),
  response_format: orNull(responseFormat),
  tool_choice: { enum: ["auto", "none", "any", "required"] },
  reasoning_effort: { enum: ["none", "minimal", "low", "medium", "high", "xhigh", null] },
});

/** Thresholds, like the rest of guardrails, are open objects in the reference. */
const moderation = orNull({
  type: "object",
  properties: {
    model_name: text,
    custom_category_thresholds: orNull({
      type: "object",
      additionalProperties: { type: ["number", "null"] },
    }),
    ignore_other_categories: flag,
    action: { enum: ["none", "block"] },
  },
});

const guardrail = {
  type: "object",
  properties: {
    block_on_error: flag,
    moderation_llm_v1: moderation,
    moderation_llm_v2: moderation,
  },
};

/** The tools and guardrails of an agent, or of a conversation without one. */
export const toolList = { type: "array", items: tool };
export const guardrailList = { type: ["array", "null"], items: guardrail };

const sharedFields = {
  instructions: textOrNull,
  description: textOrNull,
  tools: toolList,
  completion_args: completionArgs,
  guardrails: guardrailList,
  handoffs: { ...textsOrNull, minItems: 1 },
  metadata: { type: ["object", "null"] },
  version_message: { ...textOrNull, maxLength: 500 },
};

/** The request bodies of the API, as JSON Schemas (Mistral API reference: CreateAgentRequest, UpdateAgentRequest). */
export const requestSchemas = {
  create: closed({ ...sharedFields, model: text, name: text }, ["model", "name"]),
  update: closed({
    ...sharedFields,
    model: textOrNull,
    name: textOrNull,
    deployment_chat: { type: ["boolean", "null"] },
  }),
} as const;

/** The tool types of the reference, in the order in which the server lists them. */
export const toolTypes = [
  "code_interpreter",
  "connector",
  "document_library",
  "function",
  "image_generation",
  "web_search",
  "web_search_premium",
] as const;
