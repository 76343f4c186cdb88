import { describe, expect, test } from "vitest";
import { loadBindings } from "../../src/config/bindings.ts";
import { inputOf } from "./load.ts";

const head = "version: 1\nproject: acme\n";

/** What can be read of a configuration whose owner must be known. */
function bindingsOf(body: string, files = {}, around = {}) {
  const result = loadBindings(inputOf({ "agents.yaml": head + body, ...files }, around));
  if (result.kind === "invalid") throw new Error(JSON.stringify(result.problems));
  return result.bindings;
}

function codesOf(text: string, around = {}) {
  const result = loadBindings(inputOf({ "agents.yaml": text }, around));
  return result.kind === "invalid" ? result.problems.map(({ code }) => code) : [];
}

describe("what is wrong elsewhere does not matter", () => {
  test.each([
    ["an unset variable", "agents: { a: { model: '${{ vars.nope }}' } }"],
    ["an unset secret in the wrong place", "agents: { a: { name: '${{ secrets.NOPE }}' } }"],
    ["a missing prompt", "agents: { a: { model: m, instructions: { file: nope.md } } }"],
    ["an agent that is no map", "agents: { a: [1] }"],
    ["an unknown key", "agnets: 1\nagents: { a: { modle: m } }"],
    ["no model", "agents: { a: }"],
    ["an include without a file", "include: [nope/*.yaml]\nagents: { a: { model: m } }"],
    ["an agent twice", "agents: { a: { model: m }, a: { model: n } }"],
    ["a syntax error below", "agents:\n  a: { model: m\n  b: [\n"],
    [
      "merge conflicts below",
      "agents:\n<<<<<<< ours\n  a: { model: m }\n=======\n>>>>>>> theirs\n",
    ],
    ["an override of nobody", "environments: { prod: { agents: { z: { name: x } } } }"],
    ["overrides that are none", "environments: { prod: { vars: 3, defaults: [], agents: x } }"],
  ])("%s", (_name, body) => {
    const environment = body.includes("environments") ? { environment: "prod" } : {};
    expect(bindingsOf(body, {}, environment).bound.project).toBe("acme");
  });
});

test.each([
  ["no file that is a map", "- 1", ["wrong_type"]],
  ["no project", "version: 1\n", ["missing_key"]],
  ["a project of the wrong form", "version: 1\nproject: Acme Support\n", ["bad_form"]],
  ["the project twice", "version: 1\nproject: acme\nproject: other\n", ["duplicate_key"]],
  [
    "a key variable that is misspelt",
    `${head}environments: { prod: { api_key_evn: OTHER } }`,
    ["unknown_key"],
  ],
  [
    "a key variable twice",
    `${head}environments:\n  prod: { api_key_env: A, api_key_env: B }`,
    ["duplicate_key"],
  ],
  ["a syntax error above the project", "agents:\n  a: [\nproject: acme\n", ["yaml_syntax"]],
  [
    "environments below a syntax error",
    `${head}agents:\n  a: { model: "m }\nenvironments:\n  prod: { api_key_env: OTHER }\n`,
    ["yaml_syntax"],
  ],
  ["no environment chosen", `${head}environments: { dev: {} }`, ["unknown_environment"]],
])("whose agents they are is never a guess: %s", (_name, text, codes) => {
  const around = text.includes("environments:") ? { environment: "prod" } : {};
  expect([...new Set(codesOf(text, around))]).toEqual(codes);
});

test("ids, key variable, renames and aliases are read through defaults, overrides and included files", () => {
  const { bound, apiKeyVariable, aliases } = bindingsOf(
    `include: [more/*]
vars: { known: ag_1 }
defaults: { aliases: [prod] }
environments:
  prod: { api_key_env: OTHER, agents: { b: { id: ag_2 }, c: { aliases: { canary: 1 } } } }
agents:
  a: { id: "\${{ vars.known }}", tools: [{ type: connector, connector_id: x, authorization: { value: "\${{ secrets.T }}" } }] }
moved: [{ from: old, to: c }]
`,
    { "more/b.md": "---\nmodel: [\n---\nx", "more/c.yaml": "agents: { c: }" },
    { environment: "prod", env: { T: "secret-text" } },
  );
  expect(bound.environment).toBe("prod");
  expect(apiKeyVariable).toBe("OTHER");
  expect(bound.agents.map(({ key, id, at }) => [key, id, at.file])).toEqual([
    ["a", "ag_1", "agents.yaml"],
    ["b", "ag_2", "more/b.md"],
    ["c", undefined, "more/c.yaml"],
  ]);
  expect(bound.renames.map(({ from, to }) => [from, to])).toEqual([["old", "c"]]);
  expect(aliases).toEqual(["canary", "prod"]);
});

describe("protection that cannot be read is not taken for none", () => {
  const protectionOf = (agent: string, rest = "", files = {}) =>
    bindingsOf(`${rest}\nagents: { a: ${agent} }`, files).bound.agents[0]?.preventDestroy;
  test.each([
    ["said", "{ lifecycle: { prevent_destroy: true } }", "", true],
    ["denied", "{ lifecycle: { prevent_destroy: false } }", "", false],
    ["not said", "{ model: m }", "", false],
    ["nothing at all", "", "", false],
    ["by default", "{ model: m }", "defaults: { lifecycle: { prevent_destroy: true } }", true],
    [
      "a template",
      "{ lifecycle: { prevent_destroy: '${{ vars.p }}' } }",
      "vars: { p: true }",
      true,
    ],
    ["an unset template", "{ lifecycle: { prevent_destroy: '${{ vars.p }}' } }", "", "unknown"],
    ["a word", "{ lifecycle: { prevent_destroy: yes } }", "", "unknown"],
    ["a list", "{ lifecycle: [prevent_destroy] }", "", "unknown"],
    ["an agent that is no map", "[1]", "", "unknown"],
    ["defaults that are no map", "{ model: m }", "defaults: [1]", "unknown"],
    ["twice", "{ lifecycle: { prevent_destroy: false, prevent_destroy: true } }", "", "unknown"],
    ["a file that is not there", "{ lifecycle: { file: nope.yaml } }", "", "unknown"],
  ])("%s", (_name, agent, rest, expected) => {
    expect(protectionOf(agent, rest)).toBe(expected);
  });

  test("an agent in Markdown whose front matter cannot be read is still known", () => {
    const { bound } = bindingsOf("include: ['*.md']", { "b.md": "---\nlifecycle: {\n---\n" });
    expect(bound.agents.map(({ key, preventDestroy }) => [key, preventDestroy])).toEqual([
      ["b", "unknown"],
    ]);
  });

  test("a file that cannot be read may hold any key", () => {
    expect(bindingsOf("agents: { a: }").isPartlyRead).toBe(false);
    expect(bindingsOf("agents:\n  a: [\n").isPartlyRead).toBe(true);
    const files = { "b.yaml": "agents: {" };
    expect(bindingsOf("include: ['*.yaml']\nagents: { a: }", files).isPartlyRead).toBe(true);
  });
});
