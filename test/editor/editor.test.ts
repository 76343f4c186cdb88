import { cpSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { agentTable } from "../../src/agent/agent-table.ts";
import type { Kind, Property } from "../../src/agent/property.ts";
import { type Editor, openEditor } from "./language-server.ts";

const root = path.join(import.meta.dirname, "..", "..");
let folder: string;
let editor: Editor;
beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), "agentvane-editor-"));
  cpSync(path.join(root, "schemas"), folder, { recursive: true });
  editor = await openEditor(folder);
});
afterAll(() => {
  editor.close();
  rmSync(folder, { recursive: true, force: true });
});

const line = (schema: string) => `# yaml-language-server: $schema=./${schema}.schema.json\n`;
const mainFile = `${line("agents")}version: 1\nproject: acme\nagents:\n  a:\n    model: m\n`;

/** The kinds of files an agent can stand in: what comes before its members, and their indent. */
const places = {
  "agents.yaml": { head: mainFile, indent: "    " },
  "an included file": { head: `${line("include")}agents:\n  a:\n    model: m\n`, indent: "    " },
  "front matter": { head: `${line("front-matter")}model: m\n`, indent: "" },
} as const;

type Offer = readonly [where: string, text: string, values: readonly string[]];

/** Each place where one of a few words is asked for: the text up to there, and the words. */
function offersIn(
  rows: readonly Property[],
  where: string,
  before: string,
  indent: string,
): Offer[] {
  return rows.flatMap(({ name, kind }) =>
    offersOf(kind, `${where}.${name}`, `${before}${indent}${name}:`, `${indent}  `),
  );
}

function offersOf(kind: Kind, where: string, before: string, indent: string): Offer[] {
  switch (kind.kind) {
    case "choice":
      return [[where, `${before} `, kind.of]];
    case "record":
      return offersIn(kind.rows, where, `${before}\n`, indent);
    case "list":
      if (kind.of.kind !== "record") return [];
      return kind.of.rows.flatMap((row) =>
        offersOf(
          row.kind,
          `${where}.${row.name}`,
          `${before}\n${indent}- ${row.name}:`,
          `${indent}    `,
        ),
      );
    case "variant":
      return [
        [where, `${before}\n${indent}${kind.by}: `, Object.keys(kind.cases)],
        ...casesOf(kind, where, before, indent),
      ];
    case "toolbox":
      return [
        [where, `${before}\n${indent}- ${kind.of.by}: `, Object.keys(kind.of.cases)],
        ...Object.entries(kind.of.cases).flatMap(([tag, rows]) =>
          offersIn(
            rows,
            `${where}.${tag}`,
            `${before}\n${indent}- ${kind.of.by}: ${tag}\n`,
            `${indent}  `,
          ),
        ),
      ];
    case "text":
    case "prose":
    case "number":
    case "flag":
    case "texts":
    case "set":
    case "json":
    case "secret":
    case "labels":
    case "handoffs":
      return [];
  }
}

function casesOf(
  kind: Kind & { readonly kind: "variant" },
  where: string,
  before: string,
  indent: string,
): Offer[] {
  return Object.entries(kind.cases).flatMap(([tag, rows]) =>
    offersIn(rows, `${where}.${tag}`, `${before}\n${indent}${kind.by}: ${tag}\n`, indent),
  );
}

describe.each(Object.entries(places))("%s", (place, { head, indent }) => {
  const offers = offersIn(agentTable, "agent", "", indent);

  test("there are choices to offer", () => {
    expect(offers.length).toBeGreaterThan(5);
  });

  test.each(offers)("every value of %s is offered", async (where, text, values) => {
    const offered = await editor.offered(`${place}-${where}.yaml`, head + text);
    expect(offered).toEqual(expect.arrayContaining([...values]));
  });

  test("a tool may be a bare type, or begins with its type", async () => {
    const text = `${head}${indent}tools:\n${indent}  - `;
    const offered = await editor.offered(`${place}-tool.yaml`, text);
    expect(offered).toEqual(expect.arrayContaining(["web_search", "type"]));
    expect(offered).not.toContain("[object Object]");
  });

  test("the members of an agent are offered", async () => {
    const offered = await editor.offered(`${place}-agent.yaml`, head + indent);
    expect(offered).toEqual(
      expect.arrayContaining(["instructions", "tools", "aliases", "lifecycle"]),
    );
  });

  test("what is right is not underlined, and what is wrong is, at its line", async () => {
    const right = `${head}${indent}tools:\n${indent}  - web_search\n${indent}  - type: connector\n${indent}    connector_id: crm\n${indent}instructions: { file: a.md }\n${indent}completion_args: { temperature: "\${{ vars.t }}", tool_choice: "\${{ vars.c }}" }\n`;
    expect(await editor.underlined(`${place}-right.yaml`, right)).toEqual([]);
    const wrong = `${head}${indent}modle: m\n`;
    const [first] = await editor.underlined(`${place}-wrong.yaml`, wrong);
    expect(first?.message).toContain("modle");
    expect(first?.range.start.line).toBe(head.split("\n").length - 1);
    const choice = `${head}${indent}completion_args: { tool_choice: always }\n`;
    expect(await editor.underlined(`${place}-choice.yaml`, choice)).toHaveLength(1);
  });
});

test("only agents.yaml may say what only agents.yaml may say", async () => {
  const included = `${line("include")}version: 1\nagents: {}\n`;
  expect(await editor.underlined("version.yaml", included)).toHaveLength(1);
  expect(await editor.underlined("empty.yaml", `${line("include")}# to come\n`)).toEqual([]);
  expect(await editor.offered("top.yaml", line("include"))).toEqual(["agents", "moved"]);
});

test("the examples are not underlined", async () => {
  const text = readFileSync(path.join(root, "agents.yaml"), "utf8").replace(/^#.*\n/, "");
  expect(await editor.underlined("example.yaml", line("agents") + text)).toEqual([]);
});

test("each schema has an address of its own that does not change", () => {
  const addresses = ["agents", "include", "front-matter"].map((name) => {
    const text = readFileSync(path.join(root, "schemas", `${name}.schema.json`), "utf8");
    return (JSON.parse(text) as { readonly $id: string }).$id;
  });
  expect(addresses).toEqual([
    "https://json.schemastore.org/agentvane.json",
    "https://json.schemastore.org/agentvane-include.json",
    "https://json.schemastore.org/agentvane-front-matter.json",
  ]);
});
