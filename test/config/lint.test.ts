import { describe, expect, test } from "vitest";
import { load } from "./load.ts";

const head = "version: 1\nproject: acme\ndefaults: { model: m }\nagents:\n";

function lints(agents: string, files: Readonly<Record<string, string>> = {}) {
  const result = load({ "agents.yaml": head + agents, ...files }, { env: { T: "token-of-crm" } });
  if (result.kind === "invalid") throw new Error(JSON.stringify(result.problems));
  return result.config.lints;
}
const told = (...args: Parameters<typeof lints>) =>
  lints(...args).map(({ code, at }) => `${code} ${at.file}:${at.line}:${at.column}`);

describe("what is allowed and most likely a mistake", () => {
  const github = `ghp_${"a1B2".repeat(10)}`;
  test.each<[string, string, readonly string[]]>([
    [
      "both kinds of web search",
      "  a: { tools: [web_search, web_search_premium] }\n",
      ["web_search_twice agents.yaml:5:28"],
    ],
    ["a handoff twice", "  a: { handoffs: [b, b] }\n  b: {}\n", ["handoff_twice agents.yaml:5:22"]],
    ["a handoff to oneself", "  a: { handoffs: [a] }\n", ["handoff_to_itself agents.yaml:5:19"]],
    ["an alias twice", "  a: { aliases: [prod, prod] }\n", ["alias_twice agents.yaml:5:24"]],
    ["a tool twice", "  a: { tools: [web_search, web_search] }\n", ["tool_twice agents.yaml:5:28"]],
    [
      "a connector twice",
      "  a: { tools: [{ type: connector, connector_id: c }, { type: connector, connector_id: c }] }\n",
      ["tool_twice agents.yaml:5:54"],
    ],
    ["an alias left empty", "  a: { aliases: { prod: } }\n", ["alias_left_empty agents.yaml:5:19"]],
    [
      "thresholds that are never reached, or always",
      "  a: { guardrails: [{ moderation_llm_v2: { custom_category_thresholds: { law: 50, pii: -0.1, sexual: 1 } } }] }\n",
      ["out_of_range agents.yaml:5:79", "out_of_range agents.yaml:5:88"],
    ],
    [
      "a secret in the open",
      "  a: { tools: [{ type: connector, connector_id: crm, authorization: { type: api-key, value: hunter2 } }] }\n",
      ["literal_secret agents.yaml:5:93"],
    ],
    [
      "a key in a prompt",
      `  a: { instructions: "Use ${github} to call." }\n`,
      ["looks_like_key agents.yaml:5:27"],
    ],
    [
      "a handoff past a pin",
      "  a: { handoffs: [b], aliases: [prod] }\n  b: { aliases: { prod: 3 } }\n",
      ["handoff_runs_default agents.yaml:5:19"],
    ],
  ])("%s", (_name, agents, expected) => {
    expect(told(agents)).toEqual(expected);
  });

  test.each([
    ["an alias removed on purpose", "  a: { aliases: { prod: null, old: ~ } }\n"],
    [
      "two libraries, two connectors, two functions",
      "  a: { tools: [{ type: document_library, libraries: [x] }, { type: document_library, libraries: [y] }, { type: connector, connector_id: c }, { type: connector, connector_id: d }] }\n",
    ],
    [
      "required with functions alone",
      "  a: { tools: [{ type: function, function: { name: f, parameters: {} } }], completion_args: { tool_choice: required } }\n",
    ],
    [
      "a secret by reference",
      '  a: { tools: [{ type: connector, connector_id: crm, authorization: { type: api-key, value: "${{ secrets.T }}" } }] }\n',
    ],
    ["words about keys", "  a: { instructions: Never ask for a secret key or a bearer token. }\n"],
    [
      "a handoff along with an alias",
      "  a: { handoffs: [b], aliases: [prod] }\n  b: { aliases: [prod] }\n",
    ],
    [
      "a handoff to an agent without that alias",
      "  a: { handoffs: [b], aliases: [prod] }\n  b: { aliases: { staging: 3 } }\n",
    ],
  ])("but not: %s", (_name, agents) => {
    expect(told(agents)).toEqual([]);
  });

  test("in a prompt file at its place, and the line with the key is not shown", () => {
    const prompt = `Be kind.\nThe key is ${github}.\n`;
    const [found] = lints("  a: { instructions: { file: p.md } }\n", { "p.md": prompt });
    expect(found).toMatchObject({
      code: "looks_like_key",
      at: { file: "p.md", line: 2, column: 12 },
    });
    expect(JSON.stringify(found)).not.toContain(github);
  });
});
