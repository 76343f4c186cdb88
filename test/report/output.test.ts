import { spawnSync } from "node:child_process";
import { parseEnv } from "node:util";
import { transformSync } from "esbuild";
import fc from "fast-check";
import { expect, test } from "vitest";
import type { AgentId, AgentKey, AliasName, Version } from "../../src/agent/identity.ts";
import type { OutputAgent, ProjectOutput } from "../../src/commands/project-output.ts";
import { staleLines } from "../../src/report/output/check.ts";
import { outputForms } from "../../src/report/output/form.ts";

function agent(key: string, version: number, aliases: Readonly<Record<string, number>> = {}) {
  const standing = Object.entries(aliases).map(([alias, at]) => ({
    alias: alias as AliasName,
    version: at as Version,
  }));
  const id = `ag_${key.replaceAll(/\W/g, "")}` as AgentId;
  return {
    key: key as AgentKey,
    id,
    name: `The ${key}`,
    version: version as Version,
    aliases: standing,
  };
}

function output(...agents: readonly OutputAgent[]): ProjectOutput {
  return { project: "acme", environment: "prod", alias: "prod" as AliasName, agents };
}

const some = output(
  agent("1st", 0),
  agent("billing-eu", 2, { prod: 2, "prod-prev": 1 }),
  agent("triage", 12, { prod: 11 }),
);

test("variables are named after keys, in capitals", () => {
  expect(outputForms.env.write(some)).toBe(
    [
      "AGENTVANE_PROJECT=acme",
      "AGENTVANE_ENVIRONMENT=prod",
      "AGENTVANE_ALIAS=prod",
      "AGENTVANE_1ST_ID=ag_1st",
      "AGENTVANE_1ST_VERSION=0",
      "AGENTVANE_BILLING_EU_ID=ag_billingeu",
      "AGENTVANE_BILLING_EU_VERSION=2",
      "AGENTVANE_TRIAGE_ID=ag_triage",
      "AGENTVANE_TRIAGE_VERSION=12",
      "",
    ].join("\n"),
  );
});

test("outputs of a step are one line each, and no name begins with a digit", () => {
  const lines = outputForms.github.write(some).trimEnd().split("\n");
  expect(lines).toContain("billing_eu_id=ag_billingeu");
  for (const line of lines) expect(line).toMatch(/^[a-z_][a-z0-9_]*=/);
  const agents = lines.find((line) => line.startsWith("agents=")) ?? "";
  expect(JSON.parse(agents.slice("agents=".length)).triage).toEqual({
    id: "ag_triage",
    name: "The triage",
    version: 12,
    aliases: { prod: 11 },
  });
});

test("a shell, a dotenv parser and the file agree, whatever visible characters an id has", () => {
  const plain = fc
    .array(
      fc.integer({ min: 0x21, max: 0x7e }).filter((code) => code !== 0x27),
      {
        minLength: 1,
        maxLength: 12,
      },
    )
    .map((codes) => String.fromCharCode(...codes));
  fc.assert(
    fc.property(plain, (id) => {
      const text = outputForms.env.write(output({ ...agent("triage", 1), id: id as AgentId }));
      expect(parseEnv(text).AGENTVANE_TRIAGE_ID).toBe(id);
      const shell = spawnSync("sh", ["-c", `${text}printf %s "$AGENTVANE_TRIAGE_ID"`]);
      expect(shell.stdout.toString()).toBe(id);
    }),
    { numRuns: 40 },
  );
});

test("a module holds any key as a key of its own, and nothing in it acts", () => {
  const keys = ["a-b", "a_b", "__proto__", "constructor", 'x"];process.exit(9);//', "a\u202eb\n"];
  const text = outputForms.ts.write(output(...keys.map((key) => agent(key, 1))));
  expect(text).not.toMatch(/\u202e/);
  const { code } = transformSync(text, { loader: "ts", format: "cjs" });
  const module: { exports: { agents?: object } } = { exports: {} };
  new Function("module", "exports", code)(module, module.exports);
  expect(Object.keys(module.exports.agents ?? {})).toEqual(keys);
});

test("a formatter may have its way with a committed file; a fact may not", () => {
  const text = outputForms.ts.write(some);
  const formatted = text
    .replaceAll('"', "'")
    .replaceAll(";", "")
    .replaceAll("{ ", "{\n    ")
    .replaceAll(" },", ",\r\n  },");
  expect(staleLines("ts", formatted, text)).toEqual([]);
  const stale = text.replace("version: 12", "version: 11");
  expect(staleLines("ts", stale, text)).toEqual([expect.stringContaining("version: 12")]);
  expect(staleLines("ts", `${text}export const more = 1;\n`, text)).toHaveLength(1);
  expect(staleLines("ts", "", text).length).toBeGreaterThan(3);
});

test("JSON is compared by what it says", () => {
  const text = outputForms.json.write(some);
  expect(staleLines("json", JSON.stringify(JSON.parse(text)), text)).toEqual([]);
  expect(staleLines("json", text.replace('"prod": 11', '"prod": 12'), text)).not.toEqual([]);
  expect(staleLines("json", "garbage", text)).not.toEqual([]);
});
