import { describe, expect, test } from "vitest";
import { projectFiles } from "../../src/config/project-files.ts";
import { problemText } from "../../src/report/words/problem.ts";
import { agentsOf, load, rawProblems } from "./load.ts";

const head = "version: 1\nproject: acme\ndefaults: { model: m }\nagents:\n";

/** What is said about the first problem of a file, in one text. */
function advice(text: string, files: Readonly<Record<string, string>> = {}): string {
  const [problem] = rawProblems(text, files);
  if (problem === undefined) return "";
  const { message, expected, hint } = problemText(problem);
  return [message, expected, hint].filter((each) => each !== undefined).join(" | ");
}

describe("a mistake is told with its way out", () => {
  test.each([
    [
      "a version in quotes",
      'version: "1"\nproject: acme\n',
      "expected a number, got a string | For example: 1",
    ],
    ["a temperature of an agent", `${head}  a: { temperature: 0.3 }\n`, "under completion_args"],
    ["a protection of an agent", `${head}  a: { prevent_destroy: true }\n`, "under lifecycle"],
    [
      "yes, which is a string in YAML 1.2",
      `${head}  a: { lifecycle: { prevent_destroy: yes } }\n`,
      "expected true or false, got a string | For example: true",
    ],
    ["a boolean in quotes", `${head}  a: { deployment_chat: "False" }\n`, "For example: false"],
    ["a tool that is no list", `${head}  a: { tools: web_search }\n`, "For example: [web_search]"],
    ["a handoff that is no list", `${head}  a: { handoffs: b }\n  b: {}\n`, "For example: [b]"],
    ["an include that is no list", `include: more.yaml\n${head}`, "For example: [more.yaml]"],
    [
      "a time without a unit",
      `${head}  a: {}\ngates: [{ run: x, timeout: 10 }]\n`,
      "For example: 10m",
    ],
    ["a time as a text", `${head}  a: {}\ngates: [{ run: x, timeout: "10" }]\n`, "like 10m"],
    ["a colon in a text", `${head}  a: { }\n  b: x: y\n`, "needs quotes"],
    ["a tab", `${head}\ta: {}\n`, "tabs"],
    ["a bracket that is left open", `${head}  a: [\n`, "bracket"],
  ])("%s", (_name, text, expected) => {
    expect(advice(text)).toContain(expected);
  });

  test("a file that is not there, with the one that was meant", () => {
    const text = `${head}  a: { instructions: { file: prompts/triag.md } }\n`;
    expect(advice(text, { "prompts/triage.md": "x", "prompts/other.md": "y" })).toContain(
      'Did you mean "prompts/triage.md"?',
    );
    expect(advice(text, {})).toContain("relative to the file that names it");
    // A link that leads nowhere is listed in its folder, and is nothing to suggest for itself.
    const gone = projectFiles(
      {
        read: () => ({ kind: "fault", fault: "missing" }),
        match: () => [],
        list: () => ["a.yaml"],
      },
      "a.yaml",
      (_range, problem) => expect(problem).toMatchObject({ suggestions: [] }),
    );
    expect(gone.openMain()).toBeUndefined();
  });

  test("agents.yml for agents.yaml", () => {
    const result = load({ "agents.yml": head });
    const problems = result.kind === "invalid" ? result.problems : [];
    expect(problems.map((each) => problemText(each).hint)).toEqual([
      "Did you mean --file agents.yml?",
    ]);
  });
});

test("an included file that holds nothing yet is empty; a file for a value is not", () => {
  const body = "include: [more.yaml]\nagents: { a: { model: m } }\n";
  for (const text of ["", "# agents to come\n", "---\n", "agents:\n", "null\n"]) {
    expect(agentsOf(body, { "more.yaml": text }).map(({ key }) => key)).toEqual(["a"]);
  }
  const schema = "tools: [{ type: function, function: { file: f.json } }]";
  expect(
    rawProblems(`${head}  a: { ${schema} }\n`, { "f.json": "" }).map((each) => problemText(each)),
  ).toEqual([{ message: "the file is empty", expected: "a value in YAML or JSON" }]);
});

test("a number in vars keeps its spelling in a text, and is that number where one is asked for", () => {
  const spellings = [
    "1.10",
    "010",
    "1e3",
    "0x1F",
    "+5",
    ".5",
    "1.0",
    "0o17",
    "12345678901234567890.0",
  ];
  for (const spelling of spellings) {
    const body = `vars: { n: ${spelling} }\nagents: { a: { model: m, instructions: "v\${{ vars.n }}.", description: "\${{ vars.n }}" } }\n`;
    const [agent] = agentsOf(body);
    expect(agent?.definition.instructions).toBe(`v${spelling}.`);
    expect(agent?.definition.description).toBe(spelling);
  }
  const numbers = { "1e3": 1000, "010": 10, "0x1F": 31, "+5": 5, "0o17": 15 };
  for (const [spelling, number] of Object.entries(numbers)) {
    const body = `vars: { n: ${spelling} }\nagents: { a: { model: m, completion_args: { max_tokens: "\${{ vars.n }}" } } }\n`;
    expect(agentsOf(body)[0]?.definition.completion_args).toEqual({ max_tokens: number });
  }
});

describe("a forgotten { file: }", () => {
  const files = {
    "prompts/a.md": "You sort.",
    "more/b.yaml": "agents: { b: { model: m, instructions: c.md } }",
    "more/c.md": "x",
  };
  const forgotten = (text: string) =>
    agentsOf(
      `include: ["more/*.yaml"]\nagents: { a: { model: m, instructions: ${text} } }\n`,
      files,
    ).map((agent) => agent.forgottenFile);
  test.each([
    ["a path to a file", "prompts/a.md", "prompts/a.md"],
    ["a path to none", "prompts/z.md", undefined],
    ["a sentence", "See prompts/a.md", undefined],
    ["the file itself", "{ file: prompts/a.md }", undefined],
  ])("%s", (_name, text, expected) => {
    // Paths are relative to the file that names them.
    expect(forgotten(text)).toEqual([expected, "c.md"]);
  });
});

describe("variables that nothing knows", () => {
  const text = `${head}  a: { instructions: "\${{ vars.used }}" }\nvars: { tone: x }\nenvironments:\n  prod: { vars: { only_prod: 1 }, agents: { a: { description: "\${{ vars.override }}" } } }\n  dev: {}\n`;
  const unknown = (names: readonly string[]) => {
    const vars = Object.fromEntries(["used", ...names].map((name) => [name, "v"]));
    const result = load({ "agents.yaml": text }, { vars, environment: "dev" });
    if (result.kind === "invalid") throw new Error(JSON.stringify(result.problems));
    return result.config.unknownVars;
  };
  test("of another environment, or mentioned in it, are known", () => {
    expect(unknown(["tone", "only_prod", "override"])).toEqual([]);
  });
  test("others are not, with those that were meant", () => {
    expect(unknown(["tome", "wholly_else"])).toEqual([
      { name: "tome", suggestions: ["tone"] },
      { name: "wholly_else", suggestions: [] },
    ]);
  });
});
