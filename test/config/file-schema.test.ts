import { readFileSync } from "node:fs";
import path from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { editorSchemas } from "../../src/config/editor-schema.ts";
import { problemsOf } from "./load.ts";

const root = path.join(import.meta.dirname, "..", "..");
const validate = new Ajv2020({
  strict: true,
  allErrors: true,
  discriminator: true,
  strictTypes: false,
  strictRequired: false,
}).compile(editorSchemas.agents ?? {});
const accepts = (text: string) => validate(parse(text, { merge: true }));
const head = "version: 1\nproject: acme\nagents:\n  a: ";

/** Editors read the schema with alternatives in place of conditions: it must accept the same files. */
describe("the schema of editors and validate agree", () => {
  test.each([
    "{ model: m }",
    "{ model: m, tools: [web_search, { type: connector, connector_id: c }] }",
    "{ model: m, completion_args: { temperature: 0.3, stop: [a], response_format: { type: json_object } } }",
    "{ model: m, aliases: [prod] }",
    "{ model: m, aliases: { prod: 3, old: null } }",
    "{ model: m, guardrails: [{ moderation_llm_v2: { action: block } }] }",
    "{ model: m, deployment_chat: true, metadata: { x: [1, { y: 2 }] } }",
    "{ model: m, completion_args: { temperature: '${{ vars.t }}' } }",
    "{ model: m }\nmoved: [{ from: b, to: a }, { from: c, to: b }]",
    "{ model: m }\nmoved: []",
    "{ model: m }\nmoved:",
  ])("%s is valid for both", (body) => {
    expect(accepts(head + body), JSON.stringify(validate.errors)).toBe(true);
    expect(problemsOf(`vars: { t: 0.5 }\n${head}${body}`)).toEqual([]);
  });

  test.each([
    "5",
    "{ model: 5 }",
    "{ model: ' ' }",
    "{ model: m, tools: [{ type: document_library, library_ids: [], connector_id: }] }",
    "{ model: m, tools: [{ type: connector, connector_id: }] }",
    "{ model: m, surprise: 1 }",
    "{ model: m, tools: web_search }",
    "{ model: m, tools: [webb] }",
    "{ model: m, tools: [{ type: telepathy }] }",
    "{ model: m, tools: [{ type: web_search, library_ids: [x] }] }",
    "{ model: m, tools: [{ type: function, function: { name: f } }] }",
    "{ model: m, completion_args: { temperature: 2 } }",
    "{ model: m, completion_args: { max_tokens: 1.5 } }",
    "{ model: m, completion_args: { seed: 1 } }",
    "{ model: m, aliases: [Prod] }",
    "{ model: m, aliases: { prod: -1 } }",
    "{ model: m, guardrails: [{ moderation_llm_v3: {} }] }",
    "{ model: m, deployment_chat: maybe }",
    "{ model: m, metadata: { agentvane.key: x } }",
    "{ model: m, handoffs: [5] }",
    "{ model: m }\nmoved: { from: b, to: a }",
    "{ model: m }\nmoved: [b]",
    "{ model: m }\nmoved: [null]",
    "{ model: m }\nmoved: [{ from: b }]",
    "{ model: m }\nmoved: [{ from: B, to: a }]",
    "{ model: m }\nmoved: [{ from: '${{ vars.t }}', to: a }]",
    "{ model: m }\nmoved: [{ from: b, to: a, by: me }]",
  ])("%s is refused by both", (body) => {
    expect(accepts(head + body)).toBe(false);
    expect(problemsOf(head + body)).not.toEqual([]);
  });
});

test("the examples are valid for an editor too", () => {
  for (const name of [
    "agents.yaml",
    "examples/minimal/agents.yaml",
    "examples/markdown/agents.yaml",
  ]) {
    expect(
      accepts(readFileSync(path.join(root, name), "utf8")),
      JSON.stringify(validate.errors),
    ).toBe(true);
  }
});

test("every property has a description for editors", () => {
  const nameless: string[] = [];
  const walk = (node: unknown, where: string): void => {
    if (typeof node !== "object" || node === null) return;
    for (const [name, child] of Object.entries(node)) {
      if (name === "properties") {
        for (const [property, schema] of Object.entries(
          child as Record<string, Record<string, unknown>>,
        )) {
          const documented = "description" in schema || "$ref" in schema || "const" in schema;
          if (!documented && property !== "type" && property !== "file")
            nameless.push(`${where}.${property}`);
        }
      }
      walk(child, `${where}.${name}`);
    }
  };
  for (const schema of Object.values(editorSchemas)) walk(schema, "");
  expect(nameless.filter((each) => !/\.(if|then|else|not|allOf|anyOf)\b/.test(each))).toEqual([]);
});
