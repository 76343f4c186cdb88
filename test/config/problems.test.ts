import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { load, problemsOf, rawProblems } from "./load.ts";

const head = "version: 1\nproject: acme\n";
const agent = (members: string) => `${head}agents:\n  a: { model: m, ${members} }\n`;

describe("each mistake, at its place", () => {
  test.each<[string, string, readonly string[]]>([
    [
      "an unknown member",
      `${head}agents:\n  a:\n    modle: m\n    model: m\n`,
      ["unknown_key 5:5"],
    ],
    ["no model", `${head}agents:\n  a: {}\n`, ["missing_key 4:6"]],
    ["a wrong type", agent("completion_args: 5"), ["wrong_type 4:35"]],
    ["out of range", agent("completion_args: { temperature: 7 }"), ["out_of_range 4:50"]],
    ["not a choice", agent("completion_args: { tool_choice: sometimes }"), ["not_a_choice 4:50"]],
    ["an unknown agent", agent("handoffs: [b]"), ["unknown_agent 4:29"]],
    ["an unknown tool", agent("tools: [web_serch]"), ["not_a_choice 4:26"]],
    [
      "include with exclude",
      agent("tools: [{ type: web_search, tool_configuration: { include: [a], exclude: [b] } }]"),
      ["not_together 4:82"],
    ],
    [
      "two functions of a name",
      agent(
        "tools: [{ type: function, function: { name: f, parameters: {} } }, { type: function, function: { name: f, parameters: {} } }]",
      ),
      ["duplicate_function 4:121"],
    ],
    ["our own labels", agent("metadata: { agentvane.key: x }"), ["reserved_label 4:30"]],
    ["an alias of a wrong form", agent("aliases: [Prod]"), ["bad_form 4:28"]],
    ["an alias to nowhere", agent("aliases: { prod: newest }"), ["wrong_type 4:35"]],
    ["a wrong key", `${head}agents:\n  A: { model: m }\n`, ["bad_form 4:3"]],
    [
      "a template for a key",
      `${head}agents:\n  "\${{ vars.x }}": { model: m }\n`,
      ["template_not_allowed 4:3"],
    ],
    ["a wrong project", "version: 1\nproject: Acme\nagents: {}\n", ["bad_form 2:10"]],
    [
      "another version of the file",
      "version: 2\nproject: acme\nagents: {}\n",
      ["not_a_choice 1:10"],
    ],
    [
      "a property nobody has",
      agent("lifecycle: { ignore_changes: [temprature] }"),
      ["unknown_property 4:48"],
    ],
    ["an undefined variable", agent("description: 'x ${{ vars.y }}'"), ["undefined_variable 4:34"]],
    [
      "a variable that cannot have a value, once",
      `${agent("description: '${{ vars.y }} ${{ vars.z }}'")}vars: { y: 12345678901234567890, z: [1] }\n`,
      ["bad_number 5:12", "wrong_type 5:37"],
    ],
    [
      "a secret where it could be read",
      agent("description: '${{ secrets.Y }}'"),
      ["secret_not_allowed 4:32"],
    ],
    [
      "templates that grow without end",
      `${agent(`description: '${"${{ vars.x }}".repeat(65)}'`)}vars: { x: ${"y".repeat(1024 * 1024)} }\n`,
      ["text_too_large 4:864"],
    ],
    ["half a template", agent("description: '${{ vars. }}'"), ["bad_template 4:32"]],
    [
      "a gate for an agent that is not there",
      `${head}gates: [{ run: x, agents: [b] }]\nagents: {}\n`,
      ["unknown_agent 3:28"],
    ],
    [
      "a glob that matches nothing",
      `${head}include: [none/*.yaml]\nagents: {}\n`,
      ["no_match 3:11"],
    ],
    [
      "a file that is not there",
      agent("instructions: { file: gone.md }"),
      ["file_unavailable 4:40"],
    ],
    ["a file outside", agent("instructions: { file: ../x.md }"), ["file_unavailable 4:40"]],
    [
      "required with a built-in tool",
      agent("tools: [web_search], completion_args: { tool_choice: required }"),
      ["required_with_built_in 4:71"],
    ],
    ["an absolute file", agent("instructions: { file: /etc/passwd }"), ["file_unavailable 4:40"]],
    [
      "one id twice",
      `${head}agents:\n  a: { model: m, id: ag_1 }\n  b: { model: m, id: ag_1 }\n`,
      ["duplicate_id 5:22"],
    ],
  ])("%s", (_name, text, expected) => {
    expect(problemsOf(text)).toEqual(expected);
  });

  test("all of them at once, in order, with what was probably meant", () => {
    const text = `${head}agents:\n  triage:\n    modle: m\n    completion_args: { temprature: 7, top_p: 3 }\n    handoffs: [tirage]\n`;
    expect(problemsOf(text)).toEqual([
      "unknown_key 5:5",
      "missing_key 5:5",
      "unknown_key 6:24",
      "out_of_range 6:46",
      "unknown_agent 7:16",
    ]);
    const suggestions = rawProblems(text).flatMap((problem) =>
      "suggestions" in problem ? problem.suggestions : [],
    );
    expect(suggestions).toEqual(["model", "temperature", "triage"]);
  });

  test("problems in other files are told there", () => {
    const include = `${head}include: [team/*]\nagents: {}\n`;
    expect(problemsOf(include, { "team/a.yaml": "agents: { a: { model: 5 } }" })).toEqual([
      "wrong_type team/a.yaml:1:23",
    ]);
    expect(problemsOf(include, { "team/a.md": "---\nmodel: m\n---\nhello ${{ vars.x }}" })).toEqual(
      ["undefined_variable team/a.md:4:7"],
    );
    expect(
      problemsOf(include, {
        "team/a.yaml": "agents: { a: { model: m } }",
        "team/b.yaml": "agents: { a: { model: m } }",
      }),
    ).toEqual(["duplicate_agent team/b.yaml:1:11"]);
    expect(
      problemsOf(agent("tools: [{ type: function, function: { file: f.json } }]"), {
        "f.json": '{\n "nam": "f" }',
      }),
    ).toContain("unknown_key f.json:2:2");
  });
});

describe("hostile files end quickly, with a reason", () => {
  const bomb = `${head}x: &a0 [1,1,1,1,1,1,1,1,1]\n${Array.from({ length: 12 }, (_, at) => `y${at}: &a${at + 1} [${Array(9).fill(`*a${at}`).join(",")}]`).join("\n")}\nagents: {}\n`;
  test.each<[string, string, string]>([
    ["an alias bomb", bomb, "too_many_values"],
    ["an alias inside itself", `${head}agents: &a { a: *a }\n`, "recursive_alias"],
    ["an alias to nothing", `${head}agents: *gone\n`, "unresolved_alias"],
    ["a duplicate key", `${head}project: b\nagents: {}\n`, "duplicate_key"],
    ["an unknown tag", `${head}agents: !!js/function x\n`, "unknown_tag"],
    ["YAML 1.1", `%YAML 1.1\n---\n${head}agents: {}\n`, "yaml_version"],
    ["two documents", `${head}agents: {}\n---\na: 1\n`, "several_documents"],
    ["a key that is a list", `${head}agents: { ? [x] : 1 }\n`, "key_not_text"],
    ["a key that is a number", `${head}agents: { 1: { model: m } }\n`, "key_not_text"],
    ["infinity", agent("completion_args: { temperature: .inf }"), "bad_number"],
    ["a tab for indentation", `${head}agents:\n\ta: 1\n`, "yaml_syntax"],
    ["nothing", "", "empty_file"],
    ["only comments", "# hello\n", "empty_file"],
    ["a list", "- 1\n", "wrong_type"],
    ["100,000 brackets", `${head}agents: ${"[".repeat(100_000)}`, "too_deep"],
    ["100,000 levels of lists", `${head}agents:\n  ${"- ".repeat(100_000)}`, "too_deep"],
  ])("%s", (_name, text, code) => {
    expect(rawProblems(text).map((problem) => problem.code)).toContain(code);
  });

  test("__proto__ is a name like any other", () => {
    expect(
      rawProblems(`${head}agents: { __proto__: { model: m } }\n`).map(({ code }) => code),
    ).toContain("bad_form");
    expect(({} as { model?: string }).model).toBeUndefined();
  });

  test("law: whatever the file, there is an answer and never an exception", () => {
    const fragment = fc.constantFrom(
      "agents:",
      "  a:",
      "    model: m",
      "- x",
      "{",
      "}",
      "[",
      "]",
      "&a",
      "*a",
      "<<:",
      "!x",
      "|",
      ">",
      "'",
      '"',
      "? ",
      ": ",
      "${{ vars.x }}",
      "${{",
      "\t",
      "\n",
      "---",
      "...",
      "#",
      "null",
      "1e400",
      "tools: [web_search]",
      "moved: [{ from: b, to: a }]",
      "{ file: x }",
      "%YAML 1.1",
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(fragment, fc.string()), { maxLength: 30 }), (parts) => {
        for (const text of [
          parts.join("\n"),
          head + parts.join(" "),
          `${head}agents:\n  a:\n    ${parts.join("\n    ")}`,
        ]) {
          const result = load({ "agents.yaml": text });
          if (result.kind === "invalid") expect(result.problems.length).toBeGreaterThan(0);
        }
      }),
      { numRuns: 500 },
    );
  });
});

describe("variables that hold an API key are no template values", () => {
  const staged = (member: string) =>
    `${head}environments:\n  prod: {}\n  staging: { api_key_env: STAGING_KEY }\n  preview: { api_key_env: AGENTVANE_VAR_tone }\nagents:\n  a: { model: m, ${member} }\n`;
  const around = {
    env: { MISTRAL_API_KEY: "key", STAGING_KEY: "key", AGENTVANE_VAR_tone: "key", OTHER: "fine" },
    environment: "prod",
  };
  const authorization = (template: string) =>
    `tools: [{ type: connector, connector_id: c, authorization: { type: api-key, value: "${template}" } }]`;

  test.each([
    ["the usual one", "description: '${{ env.MISTRAL_API_KEY }}'"],
    ["as a part of a text", "description: 'key: ${{ env.MISTRAL_API_KEY }}.'"],
    ["of an environment that was not chosen", "description: '${{ env.STAGING_KEY }}'"],
    ["in other letters", "description: '${{ env.mistral_api_key }}'"],
    ["as the value of a variable", "description: '${{ vars.tone }}'"],
    ["in a secret field", authorization("${{ secrets.MISTRAL_API_KEY }}")],
    ["in a secret field, of another environment", authorization("${{ env.STAGING_KEY }}")],
    ["as a file's name", "instructions: { file: '${{ env.STAGING_KEY }}' }"],
  ])("%s", (_name, member) => {
    expect(rawProblems(staged(member), {}, around).map(({ code }) => code)).toEqual([
      "api_key_not_allowed",
    ]);
  });

  test("other variables are, also where --var stands before a key", () => {
    expect(rawProblems(staged("description: '${{ env.OTHER }}'"), {}, around)).toEqual([]);
    const given = { ...around, vars: { tone: "friendly" } };
    expect(rawProblems(staged("description: '${{ vars.tone }}'"), {}, given)).toEqual([]);
  });

  test("names that every object has are variables like others", () => {
    for (const name of ["constructor", "__proto__", "toString", "hasOwnProperty"]) {
      const text = agent(`description: '\${{ env.${name} }} \${{ vars.${name} }}'`);
      expect(problemsOf(text), name).toEqual(["undefined_variable 4:32", expect.any(String)]);
    }
  });
});
