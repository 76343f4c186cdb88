import { guardrails } from "./guardrail-table.ts";
import type { Property } from "./property.ts";
import { toolbox } from "./tool-table.ts";

const responseFormat: readonly Property[] = [
  {
    name: "type",
    kind: { kind: "choice", of: ["text", "json_object", "json_schema"] },
    doc: "The form of the answer.",
    unset: "text",
  },
  {
    name: "json_schema",
    kind: {
      kind: "record",
      rows: [
        { name: "name", kind: { kind: "text", minLength: 1 }, doc: "The schema's name." },
        {
          name: "description",
          kind: { kind: "prose" },
          doc: "Tells the model what the answer is for.",
          unset: null,
        },
        {
          name: "schema",
          kind: { kind: "json" },
          doc: "The JSON Schema of the answer, kept as written.",
        },
        {
          name: "strict",
          kind: { kind: "flag" },
          doc: "Whether the answer must keep to the schema to the letter.",
          unset: false,
        },
      ],
    },
    doc: "The schema of the answer, with `type: json_schema`.",
    unset: null,
  },
];

const completionArgs: readonly Property[] = [
  {
    name: "stop",
    kind: { kind: "texts" },
    doc: "Stop at this text, or at one of these.",
    unset: null,
  },
  {
    name: "presence_penalty",
    kind: { kind: "number", minimum: -2, maximum: 2 },
    doc: "Above 0, words that were used before become less likely.",
    unset: null,
  },
  {
    name: "frequency_penalty",
    kind: { kind: "number", minimum: -2, maximum: 2 },
    doc: "Above 0, words become less likely the more often they were used.",
    unset: null,
  },
  {
    name: "temperature",
    kind: { kind: "number", minimum: 0, maximum: 1 },
    doc: "How freely the model chooses its words.",
    unset: null,
    examples: [0.3],
  },
  {
    name: "top_p",
    kind: { kind: "number", minimum: 0, maximum: 1 },
    doc: "Choose only among the likeliest words that make up this share.",
    unset: null,
  },
  {
    name: "max_tokens",
    kind: { kind: "number", integer: true, minimum: 0 },
    doc: "Longest answer, in tokens.",
    unset: null,
  },
  {
    name: "random_seed",
    kind: { kind: "number", integer: true, minimum: 0 },
    doc: "Seed for repeatable answers.",
    unset: null,
  },
  {
    name: "prediction",
    kind: {
      kind: "record",
      rows: [
        {
          name: "type",
          kind: { kind: "choice", of: ["content"] },
          doc: "The only kind there is.",
          unset: "content",
        },
        {
          name: "content",
          kind: { kind: "prose" },
          doc: "Text that much of the answer is expected to repeat.",
          unset: "",
        },
      ],
    },
    doc: "An expected answer, which makes repeating it faster.",
    unset: null,
  },
  {
    name: "response_format",
    kind: { kind: "record", rows: responseFormat },
    doc: "The form in which the agent answers.",
    unset: null,
  },
  {
    name: "tool_choice",
    kind: { kind: "choice", of: ["auto", "none", "any", "required"] },
    doc: "Whether the model may, must or must not use its tools.",
    unset: "auto",
  },
  {
    name: "reasoning_effort",
    kind: { kind: "choice", of: ["none", "minimal", "low", "medium", "high", "xhigh"] },
    doc: "How much the model thinks before it answers, for models that can.",
    unset: null,
  },
];

/**
 * Every property of an agent that a definition can set, once: agents.yaml, the JSON Schema, the diff,
 * the requests and the reference page all follow these rows.
 * Source: Mistral API reference, CreateAgentRequest and UpdateAgentRequest (2026-08-13).
 */
export const agentTable: readonly Property[] = [
  {
    name: "name",
    kind: { kind: "text", minLength: 1 },
    doc: "What the agent is called in the console. The key when left out.",
    examples: ["Support triage"],
  },
  {
    name: "model",
    kind: { kind: "text", minLength: 1 },
    doc: "The model that answers.",
    examples: ["mistral-medium-latest", "mistral-small-latest"],
  },
  {
    name: "description",
    kind: { kind: "prose" },
    doc: "What the agent is for; other agents read it when they hand off.",
    unset: null,
    emptied: "",
    examples: ["Routes a customer to the right specialist."],
  },
  {
    name: "instructions",
    kind: { kind: "prose" },
    doc: "The system prompt.",
    unset: null,
    emptied: "",
    examples: [{ file: "prompts/triage.md" }, "Answer in one short paragraph."],
  },
  {
    name: "tools",
    kind: toolbox,
    doc: "What the agent may use. A bare type is short for `{ type: … }`.",
    unset: [],
    examples: [["web_search"]],
  },
  {
    name: "completion_args",
    kind: { kind: "record", rows: completionArgs },
    doc: "How the model answers.",
    unset: {},
    examples: [{ temperature: 0.3 }],
  },
  {
    name: "guardrails",
    kind: guardrails,
    doc: "Checks on what goes in and out.",
    unset: null,
    emptied: [],
    examples: [[{ moderation_llm_v2: { action: "block" } }]],
  },
  {
    name: "handoffs",
    kind: { kind: "handoffs" },
    doc: "Agents this one may hand a conversation to: keys of this project, or `{ id: ag_… }`.",
    unset: null,
    examples: [["billing", "refunds"]],
  },
  {
    name: "metadata",
    kind: { kind: "labels" },
    doc: "Labels. Only the declared ones are managed; null removes one.",
    unset: null,
    examples: [{ team: "support" }],
  },
  {
    name: "deployment_chat",
    kind: { kind: "flag" },
    doc: "Whether the agent is offered in the chat product. Left as it is when not declared.",
    unset: false,
    onlyWhenDeclared: true,
    notOnCreate: true,
  },
];
