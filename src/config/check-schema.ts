import { agentKeyPattern } from "../agent/identity.ts";
import { refTo, requiring, type Schema } from "./schema.ts";
import { filled, shared } from "./shared-schemas.ts";

/** Most tries of one check: each of them is paid for. */
const mostTries = 20;

const words: Schema = {
  type: ["string", "array", "null"],
  items: { type: "string", ...filled },
  ...filled,
};

const call = requiring(["name"], {
  properties: {
    name: { title: "name", description: "What is called.", type: "string", ...filled },
    arguments: {
      title: "arguments",
      description: "Arguments that must be among those of the call, at every depth.",
      type: "object",
    },
  },
  additionalProperties: false,
});

const expectation: Schema = {
  title: "expect",
  description: "What must come of the conversation: everything that is given must hold.",
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
      description: "Texts that occur in the last message, exactly as written.",
      ...words,
      examples: [["refund"]],
    },
    not_contains: {
      title: "not_contains",
      description: "Texts that do not occur in the last message.",
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
      description: "Most tokens that the answers of the conversation may take together.",
      type: ["integer", "null"],
      minimum: 1,
      examples: [800],
    },
  },
  additionalProperties: false,
};

/** Conversations that must go well before anything is released. */
export const checksSchema: Schema = {
  title: "checks",
  description: "Conversations that must go well before anything is released.",
  type: ["array", "null"],
  items: requiring(["say", "expect"], {
    type: "object",
    properties: {
      name: {
        title: "name",
        description: "What the check is called; its number when left out.",
        type: "string",
        ...filled,
        examples: ["refunds are handed over"],
      },
      agents: {
        title: "agents",
        description: "Keys of the agents it is about; all of them when left out.",
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
          "What called functions answer, by name; `{ file: … }` works. Others answer with an error.",
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
        description: "How many of the tries must go well (default: all of them).",
        type: ["integer", "null"],
        minimum: 1,
        maximum: mostTries,
      },
    },
    additionalProperties: false,
  }),
};
