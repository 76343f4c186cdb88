import type { Kind, Property } from "./property.ts";

const categories = {
  moderation_llm_v1: ["dangerous_and_criminal_content"],
  moderation_llm_v2: ["dangerous", "criminal", "jailbreaking"],
  both: [
    "sexual",
    "hate_and_discrimination",
    "violence_and_threats",
    "selfharm",
    "health",
    "financial",
    "law",
    "pii",
  ],
} as const;

function threshold(name: string): Property {
  return {
    name,
    kind: { kind: "number" },
    doc: `Score from which the category \`${name}\` counts as violated.`,
    unset: null,
  };
}

function moderation(name: "moderation_llm_v1" | "moderation_llm_v2"): Property {
  return {
    name,
    kind: {
      kind: "record",
      rows: [
        {
          name: "model_name",
          kind: { kind: "text", minLength: 1 },
          doc: "Moderation model; best left out, the server then takes its current one.",
          unset: null,
          onlyWhenDeclared: true,
        },
        {
          name: "custom_category_thresholds",
          kind: {
            kind: "record",
            rows: [...categories.both, ...categories[name]].map(threshold),
          },
          doc: "Own thresholds for single categories, from 0 to 1.",
          unset: null,
        },
        {
          name: "ignore_other_categories",
          kind: { kind: "flag" },
          doc: "Judge only the categories that have a threshold of their own.",
          unset: false,
        },
        {
          name: "action",
          kind: { kind: "choice", of: ["none", "block"] },
          doc: "What happens when a category is violated.",
          unset: "none",
        },
      ],
    },
    doc: `Moderation with the ${name === "moderation_llm_v1" ? "first" : "second"} generation of categories.`,
    unset: null,
    keepsEmpty: true,
  };
}

/** What is checked before an answer leaves the agent (Mistral API reference, schema of `guardrails`). */
export const guardrails: Kind = {
  kind: "list",
  of: {
    kind: "record",
    rows: [
      {
        name: "block_on_error",
        kind: { kind: "flag" },
        doc: "Block the request when the guardrail itself fails.",
        unset: false,
      },
      moderation("moderation_llm_v1"),
      moderation("moderation_llm_v2"),
    ],
  },
};
