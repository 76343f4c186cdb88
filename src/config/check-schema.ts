import { agentKeyPattern } from "../agent/identity.ts";
import { refTo, requiring, type Schema } from "./schema.ts";
import { filled, shared } from "./shared-schemas.ts";

/** The most tries of one check: each of them costs money. */
const mostTries = 20;

const words: Schema = {
  type: ["string", "array", "null"],
  items: { type: "string", ...filled },
  ...filled,
};

const call = requiring(["name"], {
  properties: {
    name: { title: "name", description: "The name of the function.", type: "string", ...filled },
    arguments: {
      title: "arguments",
      description: "Arguments that the call must have; it may have more, at every depth.",
      type: "object",
    },
  },
  additionalProperties: false,
});

const expectation: Schema = {
  title: "expect",
  description: "Expectations about the conversation; all must be met.",
  type: "object",
  properties: {
    handoff: {
      title: "handoff",
      description:
        "The agent that took over, by its key or `{ id: ag_… }`, anywhere in the conversation.",
      type: ["string", "object", "null"],
      ...requiring(["id"], {
        properties: { id: { type: "string", ...filled, title: "id", description: "Its id." } },
      }),
      additionalProperties: false,
      examples: ["refunds"],
    },
    calls: {
      title: "calls",
      description: "A function that was called, or `{ name, arguments }`; or a list of these.",
      type: ["string", "object", "array", "null"],
      ...filled,
      ...call,
      items: { type: ["string", "object"], ...filled, ...call },
      examples: ["lookup_order", { name: "lookup_order", arguments: { order: "123" } }],
    },
    contains: {
      title: "contains",
      description: "Strings that the last message contains, exactly as written.",
      ...words,
      examples: [["refund"]],
    },
    not_contains: {
      title: "not_contains",
      description: "Strings that the last message does not contain.",
      ...words,
    },
    matches: {
      title: "matches",
      description: "Regular expressions that the last message matches.",
      ...words,
      examples: [["[Oo]rder \\d+"]],
    },
    json_schema: {
      title: "json_schema",
      description: "The last message is JSON that follows this schema.",
      type: ["object", "null"],
      examples: [{ file: "schemas/out.json" }],
    },
    max_output_tokens: {
      title: "max_output_tokens",
      description: "The most tokens that all answers of the conversation may take together.",
      type: ["integer", "null"],
      minimum: 1,
      examples: [800],
    },
  },
  additionalProperties: false,
};

/** Conversations that must succeed before anything is released. */
export const checksSchema: Schema = {
  title: "checks",
  description: "Conversations that must succeed before anything is released.",
  type: ["array", "null"],
  items: requiring(["say", "expect"], {
    type: "object",
    properties: {
      name: {
        title: "name",
        description: "The name of the check; default: its number.",
        type: "string",
        ...filled,
        examples: ["refunds are handed over"],
      },
      agents: {
        title: "agents",
        description: "Keys of its agents; default: all.",
        type: "array",
        items: { type: "string", pattern: agentKeyPattern },
      },
      say: {
        title: "say",
        description: "What the user says; a list for several turns of one conversation.",
        type: ["string", "object", "array"],
        ...filled,
        minItems: 1,
        ...requiring(["file"], { properties: { file: refTo("file") } }),
        additionalProperties: false,
        items: { ...shared("text"), type: ["string", "object"], ...filled },
        examples: ["I want my money back for order 123"],
      },
      expect: expectation,
      functions: {
        title: "functions",
        description:
          "The answers of called functions, by name; `{ file: … }` works. Other functions answer with an error.",
        type: ["object", "null"],
        examples: [{ lookup_order: { status: "shipped" } }],
      },
      tries: {
        title: "tries",
        description: "How often the conversation is held at most (default: 1).",
        type: ["integer", "null"],
        minimum: 1,
        maximum: mostTries,
      },
      passes: {
        title: "passes",
        description: "How many of the tries must succeed (default: all).",
        type: ["integer", "null"],
        minimum: 1,
        maximum: mostTries,
      },
    },
    additionalProperties: false,
  }),
};
