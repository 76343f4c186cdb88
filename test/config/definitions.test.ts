import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { stringify } from "yaml";
import { agentsOf, load } from "./load.ts";

const definition = (body: string, files = {}, around = {}) =>
  agentsOf(body, files, around)[0]?.definition;

describe("definitions", () => {
  test.each<[string, string, object]>([
    ["the name is the key", "agents: { a: { model: m } }", { name: "a", model: "m" }],
    [
      "null is unset",
      "agents: { a: { model: m, description: null, tools: } }",
      { name: "a", model: "m" },
    ],
    [
      "defaults: maps merge, lists and scalars are replaced, null unsets",
      "defaults: { model: m, tools: [web_search], description: d, completion_args: { temperature: 0.5, top_p: 0.1 } }\nagents: { a: { tools: [code_interpreter], description: null, completion_args: { top_p: null, max_tokens: 3 } } }",
      {
        name: "a",
        model: "m",
        tools: [{ type: "code_interpreter" }],
        completion_args: { temperature: 0.5, max_tokens: 3 },
      },
    ],
    [
      "handoffs by key and by id",
      "agents: { a: { model: m, handoffs: [b, { id: ag_1 }] }, b: { model: m } }",
      { name: "a", model: "m", handoffs: [{ key: "b" }, { id: "ag_1" }] },
    ],
    [
      "merge keys",
      "agents: { a: { <<: { model: m, description: d }, description: e } }",
      { name: "a", model: "m", description: "e" },
    ],
    [
      "a label that is removed stays null",
      "agents: { a: { model: m, metadata: { team: null } } }",
      { name: "a", model: "m", metadata: { team: null } },
    ],
    [
      "YAML 1.2: no is a text, 1.0 is 1",
      "agents: { a: { model: no, completion_args: { temperature: 1.0 } } }",
      { name: "a", model: "no", completion_args: { temperature: 1 } },
    ],
  ])("%s", (_name, body, expected) => {
    expect(definition(body)).toEqual(expected);
  });

  test("prompts from files: CRLF is LF, one newline at the end is dropped, the rest stays", () => {
    const body = "agents: { a: { model: m, instructions: { file: p/a.md } } }";
    const text = "\ufeffone \r\n\r\n  two\r\n\r\n";
    expect(definition(body, { "p/a.md": text })?.instructions).toBe("one \n\n  two\n");
  });

  test("functions and schemas from JSON and YAML files", () => {
    const body =
      "agents: { a: { model: m, tools: [{ type: function, function: { file: f.json } }] } }";
    const files = { "f.json": '{"name": "f", "parameters": {"type": "object", "__proto__": {}}}' };
    expect(definition(body, files)?.tools).toMatchObject([
      { type: "function", function: { name: "f" } },
    ]);
  });

  test("a Markdown file is an agent: front matter, body, and its name for a key", () => {
    const files = {
      "team/fact-checker.md": "---\nmodel: m\naliases: [prod]\n---\nCheck ${{ vars.x }}.\n",
    };
    const [agent] = agentsOf("include: [team/*.md]\nvars: { x: facts }\nagents: {}", files);
    expect(agent).toMatchObject({
      key: "fact-checker",
      definition: { instructions: "Check facts." },
    });
  });

  test("included YAML names its files relative to itself", () => {
    const files = {
      "team/b.yaml": "agents: { b: { model: m, instructions: { file: b.txt } } }",
      "team/b.txt": "hello",
    };
    expect(agentsOf("include: [team/*.yaml]\nagents: {}", files)[0]?.definition.instructions).toBe(
      "hello",
    );
  });
});

describe("aliases, lifecycle, ids", () => {
  test.each<[string, object]>([
    ["[staging, prod]", { staging: "latest", prod: "latest" }],
    [
      "{ staging: latest, prod: 12, zero: 0, old: null }",
      { staging: "latest", prod: 12, zero: 0, old: null },
    ],
  ])("%s", (aliases, expected) => {
    const [agent] = agentsOf(`agents: { a: { model: m, aliases: ${aliases} } }`);
    expect(Object.fromEntries(agent?.aliases ?? [])).toEqual(expected);
  });

  test("lifecycle and id", () => {
    const [agent] = agentsOf(
      "agents: { a: { model: m, id: ag_1, lifecycle: { prevent_destroy: true, ignore_changes: [description, completion_args.temperature, metadata.x] } } }",
    );
    expect(agent).toMatchObject({
      id: "ag_1",
      preventDestroy: true,
      ignoreChanges: [["description"], ["completion_args", "temperature"], ["metadata", "x"]],
    });
  });

  test("libraries by name are kept beside the tool that uses them", () => {
    const [agent] = agentsOf(
      "agents: { a: { model: m, tools: [web_search, { type: document_library, libraries: [docs] }] } }",
    );
    expect([...(agent?.libraryNames ?? [])]).toEqual([[1, ["docs"]]]);
  });
});

describe("variables", () => {
  const body = "vars: { x: file }\nagents: { a: { model: m, description: '${{ vars.x }}' } }";
  test.each([
    ["the file", {}, "file"],
    ["AGENTVANE_VAR_x over the file", { env: { AGENTVANE_VAR_x: "env" } }, "env"],
    ["--var over both", { env: { AGENTVANE_VAR_x: "env" }, vars: { x: "flag" } }, "flag"],
    ["an empty variable is unset", { env: { AGENTVANE_VAR_x: "" } }, "file"],
  ])("%s", (_name, around, expected) => {
    expect(definition(body, {}, around)?.description).toBe(expected);
  });

  test("numbers and flags that come out of a template are numbers and flags", () => {
    const text =
      "vars: { t: 0.25 }\nagents: { a: { model: m, deployment_chat: '${{ env.F }}', completion_args: { temperature: '${{ vars.t }}', max_tokens: '${{ env.N }}' } } }";
    expect(definition(text, {}, { env: { F: "true", N: "12" } })).toMatchObject({
      deployment_chat: true,
      completion_args: { temperature: 0.25, max_tokens: 12 },
    });
  });

  test("a label is what the template says, with its spelling, and never a number", () => {
    const text =
      "vars: { release: 1.10 }\nagents: { a: { model: m, metadata: { release: '${{ vars.release }}', commit: '${{ env.SHA }}', plain: 7 } } }";
    expect(definition(text, {}, { env: { SHA: "0012345" } })?.metadata).toEqual({
      release: "1.10",
      commit: "0012345",
      plain: 7,
    });
  });

  test("a literal ${{", () => {
    expect(
      definition("agents: { a: { model: m, description: 'use $${{ x }}' } }")?.description,
    ).toBe("use ${{ x }}");
  });

  test("secrets are references until they are revealed", () => {
    const crm = (value: string) =>
      `agents: { a: { model: m, tools: [{ type: connector, connector_id: c, authorization: { type: api-key, value: "${value}" } }] } }`;
    const around = { env: { TOKEN: "s3cret-text" } };
    for (const [value, text] of [
      ["${{ secrets.TOKEN }}", "s3cret-text"],
      ["Bearer ${{ secrets.TOKEN }}", "Bearer s3cret-text"],
    ] as const) {
      const result = load({ "agents.yaml": `version: 1\nproject: p\n${crm(value)}` }, around);
      if (result.kind === "invalid") throw new Error(JSON.stringify(result.problems));
      const { desired, reveal } = result.config;
      expect(JSON.stringify(desired.agents[0]?.definition)).not.toContain("s3cret");
      const [tool] = (desired.agents[0]?.definition.tools ?? []) as unknown as readonly {
        readonly authorization: { readonly value: { readonly secret: string } };
      }[];
      expect(reveal(tool?.authorization.value.secret ?? "")).toBe(text);
      expect(result.maskTerms.secrets.some((secret) => text.includes(secret.text))).toBe(true);
    }
  });
});

test("law: however a definition is written, it is read back", () => {
  const text = fc
    .string({ unit: "binary", maxLength: 40 })
    .map((each) => each.replaceAll(/\$|\r|\ud800|[\ud800-\udfff]/g, ""));
  const agent = fc.record({
    model: fc.constant("m"),
    description: text.filter((each) => each !== ""),
    metadata: fc.dictionary(fc.stringMatching(/^[a-z]{1,8}$/), text, { maxKeys: 3 }),
  });
  const style = fc.record({
    defaultStringType: fc.constantFrom(
      "PLAIN",
      "QUOTE_DOUBLE",
      "QUOTE_SINGLE",
      "BLOCK_LITERAL",
      "BLOCK_FOLDED",
    ),
    indent: fc.constantFrom(2, 4),
    lineWidth: fc.constantFrom(0, 80),
  });
  fc.assert(
    fc.property(agent, style, (wanted, options) => {
      const written = stringify({ agents: { a: wanted } }, options as never);
      const read = agentsOf(written)[0]?.definition;
      expect(read?.description).toBe(wanted.description);
      expect(read?.metadata ?? {}).toEqual(wanted.metadata);
    }),
    { numRuns: 200 },
  );
});
