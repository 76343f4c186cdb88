import { isList, isObject, type Json, type JsonObject } from "./json.ts";

/**
 * Fills in what a server returns for fields that were not sent (sample outputs of the Mistral documentation): null,
 * `[]`, every completion argument, the unset parts of tools and guardrails.
 */
export function withDefaults(content: JsonObject): JsonObject {
  const filled = { ...agentDefaults, ...content };
  return {
    ...filled,
    tools: each(filled.tools, toolWithDefaults),
    completion_args: argsWithDefaults(filled.completion_args),
    guardrails: each(filled.guardrails, guardrailWithDefaults),
  };
}

const agentDefaults: JsonObject = {
  description: null,
  instructions: null,
  tools: [],
  completion_args: {},
  guardrails: null,
  handoffs: null,
  metadata: null,
  deployment_chat: false,
  version_message: null,
};

const argsDefaults: JsonObject = {
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
};

const configurationDefaults: JsonObject = {
  include: null,
  exclude: null,
  requires_confirmation: null,
};

const toolDefaults: Readonly<Record<string, JsonObject>> = {
  web_search: { tool_configuration: null },
  web_search_premium: { tool_configuration: null },
  code_interpreter: { tool_configuration: null },
  image_generation: { tool_configuration: null },
  document_library: { tool_configuration: null },
  connector: { authorization: null, tool_configuration: null },
};

const sharedThresholds: JsonObject = {
  sexual: null,
  hate_and_discrimination: null,
  violence_and_threats: null,
  selfharm: null,
  health: null,
  financial: null,
  law: null,
  pii: null,
};

const moderationDefaults = {
  moderation_llm_v1: {
    model_name: "mistral-moderation-2411",
    thresholds: { ...sharedThresholds, dangerous_and_criminal_content: null },
  },
  moderation_llm_v2: {
    model_name: "mistral-moderation-2603",
    thresholds: { ...sharedThresholds, dangerous: null, criminal: null, jailbreaking: null },
  },
} as const;

function toolWithDefaults(tool: JsonObject): JsonObject {
  const filled = { ...toolDefaults[String(tool.type)], ...tool };
  if (tool.type === "function") {
    return { ...filled, function: over({ description: "", strict: false }, tool.function) };
  }
  return isObject(filled.tool_configuration)
    ? { ...filled, tool_configuration: over(configurationDefaults, filled.tool_configuration) }
    : filled;
}

function argsWithDefaults(args: Json | undefined): Json {
  const filled: JsonObject = { ...argsDefaults, ...(isObject(args) && args) };
  return {
    ...filled,
    prediction: over({ type: "content", content: "" }, filled.prediction),
    response_format: formatWithDefaults(filled.response_format),
  };
}

function formatWithDefaults(format: Json | undefined): Json {
  if (!isObject(format)) return null;
  return {
    type: "text",
    ...format,
    json_schema: over({ description: null, strict: false }, format.json_schema),
  };
}

function guardrailWithDefaults(guardrail: JsonObject): JsonObject {
  return {
    block_on_error: false,
    ...guardrail,
    moderation_llm_v1: moderationWithDefaults("moderation_llm_v1", guardrail),
    moderation_llm_v2: moderationWithDefaults("moderation_llm_v2", guardrail),
  };
}

function moderationWithDefaults(
  name: keyof typeof moderationDefaults,
  guardrail: JsonObject,
): Json {
  const config = guardrail[name];
  if (!isObject(config)) return null;
  const { model_name, thresholds } = moderationDefaults[name];
  return {
    model_name,
    ignore_other_categories: false,
    action: "none",
    ...config,
    custom_category_thresholds: over(thresholds, config.custom_category_thresholds),
  };
}

/** An object merged over its defaults; null if it is not an object. */
function over(defaults: JsonObject, given: Json | undefined): Json {
  return isObject(given) ? { ...defaults, ...given } : null;
}

function each(list: Json | undefined, fill: (item: JsonObject) => JsonObject): Json {
  if (!isList(list)) return null;
  return list.map((item) => (isObject(item) ? fill(item) : item));
}
