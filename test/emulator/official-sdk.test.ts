import { randomBytes } from "node:crypto";
import { Mistral } from "@mistralai/mistralai";
import { HTTPValidationError, SDKError } from "@mistralai/mistralai/models/errors";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createEmulator } from "../../src/emulator/emulator.ts";
import { listen } from "../../src/emulator/listen.ts";

const emulator = createEmulator({
  now: () => new Date(),
  randomBytes: (count) => randomBytes(count),
});
let server: Awaited<ReturnType<typeof listen>>;
let agents: Mistral["beta"]["agents"];

beforeAll(async () => {
  server = await listen(emulator, { port: 0 });
  agents = new Mistral({ apiKey: "any", serverURL: server.url }).beta.agents;
});
afterAll(() => server.close());

const everything = {
  model: "mistral-small-latest",
  name: "Everything",
  instructions: "Do it.",
  description: "All there is",
  tools: [
    {
      type: "function" as const,
      function: { name: "f", parameters: { type: "object", properties: {} } },
    },
    { type: "web_search" as const },
    { type: "web_search_premium" as const },
    { type: "code_interpreter" as const },
    { type: "image_generation" as const },
    { type: "document_library" as const, libraryIds: ["0199e792-c164-7356-af78-d08137c8cd08"] },
    {
      type: "connector" as const,
      connectorId: "crm",
      authorization: { type: "api-key" as const, value: "v" },
    },
  ],
  completionArgs: {
    temperature: 0.3,
    stop: ["x"],
    responseFormat: {
      type: "json_schema" as const,
      jsonSchema: { name: "n", schemaDefinition: { type: "object" } },
    },
  },
  guardrails: [{ blockOnError: true, moderationLlmV2: { action: "block" as const } }],
  metadata: { team: "x" },
  versionMessage: "first",
};

test("an agent with every property is returned as it was sent", async () => {
  const created = await agents.create(everything);
  expect(created).toMatchObject({
    name: "Everything",
    version: 0,
    versions: [0],
    instructions: "Do it.",
    completionArgs: { temperature: 0.3, toolChoice: "auto" },
    metadata: { team: "x" },
  });
  expect(created.id).toMatch(/^ag_[0-9a-f]{32}$/);
  expect(created.tools?.map(({ type }) => type)).toEqual(everything.tools.map(({ type }) => type));
  expect(created.completionArgs?.responseFormat).toMatchObject(
    everything.completionArgs.responseFormat,
  );
  expect(await agents.get({ agentId: created.id })).toEqual(created);
});

test("versions: update, list, get one, switch back", async () => {
  const { id: agentId } = await agents.create({
    model: "m",
    name: "Versions",
    instructions: "one",
  });
  const updated = await agents.update({ agentId, updateAgentRequest: { instructions: "two" } });
  expect(updated).toMatchObject({ version: 1, instructions: "two" });
  const versions = await agents.listVersions({ agentId });
  expect(versions.map(({ version }) => version).toSorted()).toEqual([0, 1]);
  expect(await agents.getVersion({ agentId, version: "0" })).toMatchObject({ instructions: "one" });
  expect(await agents.updateVersion({ agentId, version: 0 })).toMatchObject({
    version: 0,
    instructions: "one",
  });
  expect(await agents.get({ agentId })).toMatchObject({ version: 0 });
});

test("aliases: put, move, read by alias, list, delete", async () => {
  const { id: agentId } = await agents.create({ model: "m", name: "Aliases", instructions: "one" });
  await agents.createVersionAlias({ agentId, alias: "prod", version: 0 });
  await agents.update({ agentId, updateAgentRequest: { instructions: "two" } });
  expect(await agents.get({ agentId, agentVersion: "prod" })).toMatchObject({
    instructions: "one",
  });
  expect(await agents.createVersionAlias({ agentId, alias: "prod", version: 1 })).toMatchObject({
    version: 1,
  });
  expect(await agents.listVersionAliases({ agentId })).toMatchObject([
    { alias: "prod", version: 1 },
  ]);
  await agents.deleteVersionAlias({ agentId, alias: "prod" });
  expect(await agents.listVersionAliases({ agentId })).toEqual([]);
});

test("lists: pages by cursor, the old list, filters", async () => {
  for (let at = 0; at < 5; at += 1) await agents.create({ model: "m", name: `Listed ${at}` });
  const found: string[] = [];
  for await (const page of await agents.listPages({ pageSize: 2, search: "listed" })) {
    found.push(...page.result.data.map(({ name }) => name));
  }
  expect(found.toSorted()).toEqual([0, 1, 2, 3, 4].map((at) => `Listed ${at}`));
  expect(await agents.list({ name: "Listed 3" })).toHaveLength(1);
  expect(await agents.list({ metadata: { team: "x" } })).toHaveLength(1);
  expect(await agents.list({ sources: ["playground"] })).toEqual([]);
});

test("delete, and a deleted agent is not found", async () => {
  const { id: agentId } = await agents.create({ model: "m", name: "Gone" });
  await agents.delete({ agentId });
  await expect(agents.get({ agentId })).rejects.toMatchObject({ statusCode: 404 });
  await expect(agents.get({ agentId })).rejects.toBeInstanceOf(SDKError);
});

test("an invalid request is refused in the form that the SDK expects", async () => {
  const bad = { model: "m", name: "Bad", handoffs: [] };
  await expect(agents.create(bad)).rejects.toBeInstanceOf(HTTPValidationError);
  await expect(agents.create(bad)).rejects.toMatchObject({
    detail: [expect.objectContaining({ loc: ["body", "handoffs"] })],
  });
  const { id: agentId } = await agents.create({ model: "m", name: "Alias" });
  await expect(
    agents.createVersionAlias({ agentId, alias: "Prod", version: 0 }),
  ).rejects.toBeInstanceOf(HTTPValidationError);
});

test("refuses requests without a key", async () => {
  const nobody = new Mistral({ apiKey: "", serverURL: server.url });
  await expect(nobody.beta.agents.list()).rejects.toMatchObject({ statusCode: 401 });
});
