import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { agentTable } from "../../src/agent/agent-table.ts";
import { canonical } from "../../src/agent/canonical.ts";
import { differences } from "../../src/agent/differences.ts";
import type { Json } from "../../src/agent/json.ts";
import { withoutSecrets } from "../../src/agent/without-secrets.ts";

const connector = (authorization: Json) => ({
  type: "connector",
  connector_id: "crm",
  authorization,
});

/** What a server may keep where an agent signs in. */
const kept: readonly [string, Json][] = [
  ["a token", connector({ type: "api-key", value: "hidden" })],
  ["a token of the other kind", connector({ type: "oauth2-token", value: "hidden" })],
  ["more than a token", connector({ type: "api-key", value: "hidden", refresh: "hidden" })],
  ["more, deeper down", connector({ type: "api-key", value: "hidden", more: [{ x: "hidden" }] })],
  ["another way to sign in", connector({ type: "basic", user: "hidden", value: "hidden" })],
  ["one with a name of JavaScript", connector({ type: "constructor", value: "hidden" })],
  ["no way at all", connector({ value: "hidden" })],
  ["a text", connector("hidden")],
  ["something else where the token should be", connector({ type: "api-key", value: ["hidden"] })],
  ["a tool nobody knows", { type: "mcp", authorization: { type: "api-key", value: "hidden" } }],
];

describe("what a server keeps in a secret field is not shown", () => {
  test.each(kept)("%s", (_name, tool) => {
    const shown = withoutSecrets(agentTable, { name: "n", tools: [tool] });
    expect(JSON.stringify(shown)).not.toContain("hidden");
    expect(shown).toMatchObject({ name: "n", tools: [{ type: expect.any(String) }] });
  });

  test.each(kept)("nor compared: %s", (_name, tool) => {
    const form = canonical(agentTable, { name: "n", tools: [tool] });
    const changes = differences(agentTable, form, { name: "n" }, "compared");
    expect(JSON.stringify([form, changes])).not.toContain("hidden");
  });

  test("everything else stays, and a null too", () => {
    const agent = { name: "n", metadata: { value: "x" }, tools: [connector(null), "web_search"] };
    expect(withoutSecrets(agentTable, agent)).toEqual(agent);
  });

  test("law: of any JSON as authorization no text but the way of signing in is shown", () => {
    const long = fc.string({ minLength: 12 }).map((text) => `hidden-${text}`);
    fc.assert(
      fc.property(fc.jsonValue(), long, (json, text) => {
        const value = typeof json === "object" ? { ...json, value: text } : { value: text };
        const shown = withoutSecrets(agentTable, { tools: [connector(value as Json)] });
        expect(JSON.stringify(shown)).not.toContain("hidden-");
      }),
    );
  });
});
