import type { Kind, Property } from "./property.ts";

const toolNames = { kind: "set", of: "names" } as const;

const toolConfiguration: Property = {
  name: "tool_configuration",
  kind: {
    kind: "record",
    rows: [
      {
        name: "include",
        kind: toolNames,
        doc: "Only these tools of the connector may be used. Not together with `exclude`.",
        unset: null,
        keepsEmpty: true,
      },
      {
        name: "exclude",
        kind: toolNames,
        doc: "All tools of the connector but these may be used. Not together with `include`.",
        unset: null,
        keepsEmpty: true,
      },
      {
        name: "requires_confirmation",
        kind: toolNames,
        doc: "These tools wait for a person's confirmation before they run.",
        unset: null,
        keepsEmpty: true,
      },
    ],
  },
  doc: "Which of the tools behind this one may be used, and which need a confirmation.",
  unset: null,
};

const functionRows: readonly Property[] = [
  {
    name: "name",
    kind: { kind: "text", minLength: 1 },
    doc: "The name by which the model calls the function.",
    examples: ["lookup_order"],
  },
  {
    name: "description",
    kind: { kind: "prose" },
    doc: "Tells the model when and how to call the function.",
    unset: "",
  },
  {
    name: "strict",
    kind: { kind: "flag" },
    doc: "Whether the model must keep to the parameters' schema to the letter.",
    unset: false,
  },
  {
    name: "parameters",
    kind: { kind: "json" },
    doc: "A JSON Schema of the function's parameters, kept as written.",
    examples: [{ type: "object", properties: { order_id: { type: "string" } } }],
  },
];

const token: readonly Property[] = [
  {
    name: "value",
    kind: { kind: "secret" },
    doc: "The secret itself; write it as `${{ secrets.NAME }}`, so that it stays out of git.",
    examples: ["${{ secrets.CRM_TOKEN }}"],
  },
];

const tool = {
  kind: "variant",
  by: "type",
  cases: {
    function: [
      {
        name: "function",
        kind: { kind: "record", rows: functionRows },
        doc: "The function that the model may ask its caller to run.",
      },
    ],
    web_search: [toolConfiguration],
    web_search_premium: [toolConfiguration],
    code_interpreter: [toolConfiguration],
    image_generation: [toolConfiguration],
    document_library: [
      {
        name: "library_ids",
        kind: { kind: "set", of: "ids", minItems: 1 },
        doc: "Ids of the libraries to search. `libraries` takes their names instead.",
      },
      toolConfiguration,
    ],
    connector: [
      {
        name: "connector_id",
        kind: { kind: "text", minLength: 1 },
        doc: "Name or id of the connector.",
        examples: ["crm"],
      },
      {
        name: "authorization",
        kind: {
          kind: "variant",
          by: "type",
          cases: { "oauth2-token": token, "api-key": token },
        },
        doc: "How the connector signs in. Sent with every write, never shown.",
        unset: null,
        mayBeHidden: true,
      },
      toolConfiguration,
    ],
  },
} as const satisfies Kind;

/** The tools an agent may use (Mistral API reference, schema of `tools`). */
export const toolbox = {
  kind: "toolbox",
  of: tool,
  named: { function: ["function", "name"], connector: ["connector_id"] },
  builtIn: [
    "web_search",
    "web_search_premium",
    "code_interpreter",
    "image_generation",
    "document_library",
  ],
} as const satisfies Kind;
