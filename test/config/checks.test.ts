import { describe, expect, test } from "vitest";
import { load, problemsOf } from "./load.ts";

const head = `version: 1
project: acme
agents:
  triage: { model: m, handoffs: [refunds], tools: [{ type: function, function: { name: look_up, parameters: {} } }] }
  refunds: { model: m, handoffs: [archive] }
  archive: { model: m }
  wired: { model: m, tools: [{ type: connector, connector_id: crm }] }
  away: { model: m, handoffs: [{ id: ag_1 }] }
checks:
`;
const check = (members: string) => `${head}  - { ${members} }\n`;

describe("a mistake in a check, at its place", () => {
  test.each<[string, string, readonly string[]]>([
    ["nothing said", check("expect: {}"), ["missing_key 10:5"]],
    ["nothing expected", check("say: hi"), ["missing_key 10:5"]],
    ["an empty list of turns", check("say: [], expect: {}"), ["empty_value 10:12"]],
    ["an unknown member", check("say: hi, expect: { contain: x }"), ["unknown_key 10:26"]],
    ["an unknown agent", check("agents: [traige], say: hi, expect: {}"), ["unknown_agent 10:16"]],
    [
      "a handoff to nobody",
      check("agents: [triage], say: hi, expect: { handoff: refund }"),
      ["unknown_agent 10:53"],
    ],
    [
      "a handoff that cannot happen",
      check("agents: [refunds], say: hi, expect: { handoff: triage }"),
      ["unreachable_agent 10:54"],
    ],
    [
      "a function that is not there",
      check("agents: [triage], say: hi, expect: { calls: lookup }"),
      ["unknown_function 10:51"],
    ],
    [
      "one of several, by its name",
      check("agents: [triage], say: hi, expect: { calls: [look_up, { name: lookup }] }"),
      ["unknown_function 10:69"],
    ],
    [
      "an answer of a function that is not there",
      check("agents: [archive], say: hi, expect: {}, functions: { look_up: 1 }"),
      ["unknown_function 10:60"],
    ],
    [
      "a wrong pattern",
      check('say: hi, expect: { matches: ["("] }'),
      ["bad_regular_expression 10:36"],
    ],
    ["no try", check("say: hi, expect: {}, tries: 0"), ["out_of_range 10:35"]],
    [
      "more passes than tries",
      check("say: hi, expect: {}, tries: 2, passes: 3"),
      ["out_of_range 10:46"],
    ],
    ["a missing file", check("say: { file: none.txt }, expect: {}"), ["file_unavailable 10:20"]],
    ["a secret", check('say: "${{ secrets.KEY }}", expect: {}'), ["secret_not_allowed 10:13"]],
  ])("%s", (_what, text, problems) => {
    expect(problemsOf(text)).toEqual(problems);
  });

  test.each([
    ["a handoff through another agent", "agents: [triage], expect: { handoff: archive }"],
    ["an agent of somebody else", "agents: [triage], expect: { handoff: { id: ag_9 } }"],
    ["what a connector may have", "agents: [wired], expect: { calls: anything }"],
    ["what an agent out of sight may have", "agents: [away], expect: { calls: anything }"],
    ["what an agent out of sight may hand off to", "agents: [away], expect: { handoff: triage }"],
  ])("%s is none", (_what, members) => {
    const result = load({ "agents.yaml": check(`say: hi, ${members}`) });
    expect(result.kind).toBe("loaded");
  });
});

test("a check with everything, its files and templates filled in", () => {
  const result = load(
    {
      "agents.yaml": `${head}  - name: all of it
    agents: [triage]
    say: ["order \${{ vars.order }}", { file: second.txt }]
    expect:
      handoff: refunds
      calls: { name: look_up, arguments: { order: "123" } }
      contains: refund
      not_contains: [lawyer]
      matches: ["^It"]
      json_schema: { file: out.json }
      max_output_tokens: 800
    functions: { look_up: { file: answer.txt } }
    tries: 3
    passes: 2
  - { say: hi, expect: {}, agents: [triage], functions: { look_up: { status: shipped } } }
vars: { order: 123 }
`,
      "second.txt": "and now?\n",
      "out.json": '{"type":"object"}',
      "answer.txt": "shipped\n",
    },
    {},
  );
  if (result.kind === "invalid") throw new Error(JSON.stringify(result.problems));
  const [first, second] = result.config.desired.checks;
  expect(first).toMatchObject({
    name: "all of it",
    agents: ["triage"],
    say: ["order 123", "and now?"],
    expect: {
      handoff: { key: "refunds" },
      calls: [{ name: "look_up", arguments: { order: "123" } }],
      contains: ["refund"],
      notContains: ["lawyer"],
      matches: ["^It"],
      jsonSchema: { schema: { type: "object" } },
      maxOutputTokens: 800,
    },
    tries: 3,
    passes: 2,
  });
  expect(first?.functions.get("look_up")).toBe("shipped");
  expect(second).toMatchObject({ name: "2", tries: 1, passes: 1 });
  expect(second?.functions.get("look_up")).toBe('{"status":"shipped"}');
});
