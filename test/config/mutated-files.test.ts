import { readFileSync } from "node:fs";
import path from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parse, stringify } from "yaml";
import { isObject, type Json, type JsonObject } from "../../src/agent/json.ts";
import { load, problemsOf } from "./load.ts";

const root = path.join(import.meta.dirname, "..", "..");
const files = ["agents.yaml", "examples/application/agents.yaml", "examples/minimal/agents.yaml"];
const whole: JsonObject = {
  version: 1,
  project: "acme",
  vars: { tone: "friendly", warmth: 0.5 },
  environments: { staging: { api_key_env: "KEY", agents: { triage: { aliases: { prod: 3 } } } } },
  agents: {
    triage: {
      model: "m",
      instructions: { file: "prompt.md" },
      tools: ["web_search", { type: "function", function: { name: "f", parameters: {} } }],
      completion_args: { temperature: "${{ vars.warmth }}", response_format: { type: "text" } },
      guardrails: [{ moderation_llm_v2: { action: "block" } }],
      handoffs: ["refunds", { id: "ag_1" }],
      aliases: { prod: "latest", old: null },
    },
    refunds: null,
  },
  gates: [{ run: "true", timeout: "1m" }],
  checks: [{ say: "hello", expect: { calls: ["f"], contains: "x" }, tries: 2 }],
  moved: [{ from: "router", to: "triage" }],
};
const originals: readonly Json[] = [
  whole,
  ...files.map((file) => parse(readFileSync(path.join(root, file), "utf8"))),
];

const value = fc.oneof(
  fc.constantFrom<Json>(null, "", " ", "latest", "${{ vars.tone }}", "${{ vars.none }}", "${{"),
  fc.constantFrom<Json>({ file: null }, { file: "prompt.md", x: 1 }, { type: "function" }, [[]]),
  fc.jsonValue() as fc.Arbitrary<Json>,
);
const name = fc.constantFrom("file", "type", "model", "vars", "a/b", "__proto__", "constructor");
const change = fc.record({ at: fc.nat(), value, name: fc.option(name) });

/** The same value with one of its parts, counted from the outside, replaced or under another name. */
function changed(json: Json, { at, value: put, name: as }: Change): Json {
  let left = at % sizeOf(json);
  const walk = (each: Json): Json => {
    left -= 1;
    if (left < 0) return left === -1 ? put : each;
    if (Array.isArray(each)) return each.map(walk);
    if (!isObject(each)) return each;
    return Object.fromEntries(
      Object.entries(each).map(([key, member]) =>
        left === 0 && as !== null ? [as, member] : [key, walk(member)],
      ),
    );
  };
  return walk(json);
}

type Change = typeof change extends fc.Arbitrary<infer T> ? T : never;

function sizeOf(json: Json): number {
  if (typeof json !== "object" || json === null) return 1;
  return Object.values(json).reduce<number>((sum, each) => sum + sizeOf(each as Json), 1);
}

test("whatever is wrong with a file, each problem has its place in one of the files", () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...originals),
      fc.array(change, { minLength: 1, maxLength: 4 }),
      (original, changes) => {
        const text = stringify(changes.reduce(changed, original));
        const all: Record<string, string> = { "agents.yaml": text, "prompt.md": "Hello" };
        const result = load(all, { environment: "staging" });
        const problems = result.kind === "invalid" ? result.problems : [];
        for (const { at } of problems) {
          const lines = all[at.file]?.split("\n") ?? [];
          expect(at.column).toBeGreaterThan(0);
          expect(at.column).toBeLessThanOrEqual((lines[at.line - 1]?.length ?? -1) + 1);
        }
        if (result.kind === "invalid") expect(problems.length).toBeGreaterThan(0);
      },
    ),
    { numRuns: 400 },
  );
});

/** One problem for one mistake, although several keywords of the schema are broken. */
describe("a mistake is told once", () => {
  test.each([
    ["{ model: }", "missing_key 4:6"],
    ["{ model: '  ' }", "empty_value 4:15"],
    ["{ model: m, id: '' }", "empty_value 4:22"],
    ["{ model: m, instructions: { file: } }", "missing_key 4:32"],
    ["{ model: m, tools: [{ type: }] }", "missing_key 4:26"],
    ["{ model: m, tools: [{ type: 5 }] }", "not_a_choice 4:34"],
    ["{ model: m, tools: [5] }", "wrong_type 4:26"],
    ["{ model: m, completion_args: { file: } }", "wrong_type 4:43"],
    ["{ model: m, completion_args: { tool_choice: 5 } }", "not_a_choice 4:50"],
    ["{ model: m, handoffs: [{ id: }] }", "missing_key 4:29"],
    ["{ model: m, aliases: { Prod: latest } }", "bad_form 4:29"],
    ["{ model: m, aliases: { prod: soon } }", "wrong_type 4:35"],
    ["{ model: m }\ngates: [{ run: , timeout: }]", "missing_key 5:9", "wrong_type 5:27"],
  ])("%s", (agent, ...problems) => {
    expect(problemsOf(`version: 1\nproject: acme\nagents:\n  a: ${agent}\n`)).toEqual(problems);
  });
});
