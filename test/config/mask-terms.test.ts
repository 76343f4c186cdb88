import { expect, test } from "vitest";
import { loadBindings } from "../../src/config/bindings.ts";
import { loadConfig } from "../../src/config/config.ts";
import { inputOf } from "./load.ts";

const env = {
  MISTRAL_API_KEY: "the-usual-key",
  STAGING: "the-staging-key",
  TOKEN: "the-token",
  UNUSED: "the-unused-one",
  OTHER: "not-a-secret",
};
const head = `version: 1
project: acme
environments: { prod: { agents: { a: { aliases: { canary: 1 } } } }, staging: { api_key_env: STAGING } }
defaults: { model: some-model, aliases: [prod] }
`;
const tool = `tools: [{ type: connector, connector_id: c, authorization: { type: api-key, value: "Bearer \${{ secrets.TOKEN }}" } }]`;
const files = { "p.md": "see ${{ env.OTHER }} and $${{ secrets.UNUSED }}" };

const hiddenOf = (text: string, load: typeof loadConfig | typeof loadBindings = loadConfig) => {
  const { kind, maskTerms } = load(
    inputOf({ "agents.yaml": text, ...files }, { env, environment: "prod" }),
  );
  return {
    kind,
    texts: maskTerms.secrets.map((each) => each.text).sort(),
    words: [...new Set(maskTerms.words)].sort(),
  };
};

test("the keys of all environments, secrets however they are used, and what is put together of them", () => {
  const found = hiddenOf(`${head}agents: { a: { instructions: { file: p.md }, ${tool} } }`);
  expect(found).toEqual({
    kind: "loaded",
    texts: ["Bearer the-token", "the-staging-key", "the-token", "the-unused-one", "the-usual-key"],
    words: ["a", "acme", "canary", "prod", "some-model", "staging"],
  });
});

test("the same from files that cannot be used", () => {
  for (const wrong of ["modle: 1", "model: 5", "aliases: [Prod]", "handoffs: [nobody]"]) {
    const { kind, texts } = hiddenOf(`${head}agents: { a: { ${wrong}, ${tool} } }`);
    expect([kind, ...texts]).toEqual(
      expect.arrayContaining(["invalid", "the-staging-key", "the-token", "the-usual-key"]),
    );
  }
  const { kind, texts } = hiddenOf(`${head}agents: { a: [ ${tool}`);
  expect([kind, ...texts]).toEqual(["invalid", "the-staging-key", "the-token", "the-usual-key"]);
});

test("the same for commands that define nothing", () => {
  const found = hiddenOf(`${head}agents: { a: { modle: 1, ${tool} } }`, loadBindings);
  expect([found.kind, ...found.texts]).toEqual([
    "loaded",
    "the-staging-key",
    "the-token",
    "the-usual-key",
  ]);
  expect(hiddenOf("project: [", loadBindings).texts).toEqual(["the-usual-key"]);
});
