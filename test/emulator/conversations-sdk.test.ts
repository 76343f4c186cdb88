import { randomBytes } from "node:crypto";
import { Mistral } from "@mistralai/mistralai";
import { SDKError } from "@mistralai/mistralai/models/errors";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createEmulator } from "../../src/emulator/emulator.ts";
import { listen } from "../../src/emulator/listen.ts";

const emulator = createEmulator({
  now: () => new Date(),
  randomBytes: (count) => randomBytes(count),
  conversations: [
    {
      agent: "Triage",
      input: "where is order",
      reply: [{ type: "function.call", name: "lookup_order", arguments: { order: "123" } }],
    },
    { agent: "Triage", input: "shipped", reply: "It is on its way." },
    { agent: "Triage", input: "refund", reply: [{ type: "agent.handoff", to: "Refunds" }] },
    { agent: "Refunds", reply: "You get it back." },
    {
      agent: "Triage",
      input: "search",
      reply: [
        { type: "tool.execution", name: "web_search", arguments: "{}", info: { hits: 1 } },
        { type: "message.output", content: [{ type: "text", text: "Found." }] },
      ],
    },
  ],
});
let server: Awaited<ReturnType<typeof listen>>;
let mistral: Mistral;
let conversations: Mistral["beta"]["conversations"];
let agentId: string;

beforeAll(async () => {
  server = await listen(emulator, { port: 0 });
  mistral = new Mistral({ apiKey: "any", serverURL: server.url });
  conversations = mistral.beta.conversations;
  const refunds = await mistral.beta.agents.create({ model: "m", name: "Refunds" });
  const triage = await mistral.beta.agents.create({
    model: "m",
    name: "Triage",
    handoffs: [refunds.id],
    tools: [
      { type: "function", function: { name: "lookup_order", parameters: { type: "object" } } },
    ],
  });
  agentId = triage.id;
});
afterAll(() => server.close());

test("starts at version 0, reads, lists, messages, history, deletes", async () => {
  const metadata = { run: "r1" };
  const started = await conversations.start({ agentId, agentVersion: 0, inputs: "hi", metadata });
  const { conversationId } = started;
  expect(conversationId).toMatch(/^conv_[0-9a-f]{32}$/);
  expect(started.outputs).toMatchObject([
    { type: "message.output", agentId, content: expect.stringContaining("Triage, version 0") },
  ]);
  expect(started.usage.totalTokens).toBeGreaterThan(0);
  expect(await conversations.get({ conversationId })).toMatchObject({ agentId, agentVersion: 0 });
  expect(await conversations.list({ metadata })).toMatchObject([{ id: conversationId, metadata }]);
  expect(await conversations.list({ metadata: { run: "other" } })).toEqual([]);
  const { entries } = await conversations.getHistory({ conversationId });
  expect(entries.map(({ type }) => type)).toEqual(["message.input", "message.output"]);
  const { messages } = await conversations.getMessages({ conversationId });
  expect(messages).toHaveLength(2);
  await conversations.delete({ conversationId });
  await expect(conversations.get({ conversationId })).rejects.toMatchObject({ statusCode: 404 });
});

test("a function call is answered by appending its result", async () => {
  const started = await conversations.start({ agentId, inputs: "where is order 123?" });
  const [call] = started.outputs;
  if (call?.type !== "function.call") throw new Error("no call");
  expect(call.toolCallId).toMatch(/^[0-9A-Za-z]{9}$/);
  const { conversationId } = started;
  const early = conversations.append({
    conversationId,
    conversationAppendRequest: { inputs: "well?" },
  });
  await expect(early).rejects.toThrow(SDKError);
  await expect(early).rejects.toMatchObject({ statusCode: 400 });
  const answered = await conversations.append({
    conversationId,
    conversationAppendRequest: {
      inputs: [{ toolCallId: call.toolCallId, result: '{"status":"shipped"}' }],
    },
  });
  expect(answered.conversationId).toBe(conversationId);
  expect(answered.outputs).toMatchObject([{ content: "It is on its way." }]);
});

test("an unstored conversation is continued by sending all entries again", async () => {
  const question = { role: "user" as const, content: "where is order 123?" };
  const ask = { agentId, agentVersion: 0, store: false };
  const first = await conversations.start({ ...ask, inputs: [question] });
  const [call] = first.outputs;
  if (call?.type !== "function.call") throw new Error("no call");
  const { toolCallId } = call;
  const inputs = [question, call, { toolCallId, result: "shipped" }];
  const second = await conversations.start({ ...ask, inputs });
  expect(second.outputs).toMatchObject([{ content: "It is on its way." }]);
  const { conversationId } = second;
  await expect(conversations.get({ conversationId })).rejects.toMatchObject({ statusCode: 404 });
  const append = { conversationId, conversationAppendRequest: { inputs: "more" } };
  await expect(conversations.append(append)).rejects.toMatchObject({ statusCode: 404 });
});

test("the server carries out a handoff, and the next agent answers from then on", async () => {
  const { conversationId, outputs } = await conversations.start({ agentId, inputs: "a refund" });
  expect(outputs).toMatchObject([
    { type: "agent.handoff", previousAgentName: "Triage", nextAgentName: "Refunds" },
    { type: "message.output", content: "You get it back." },
  ]);
  const more = await conversations.append({
    conversationId,
    conversationAppendRequest: { inputs: "thanks" },
  });
  expect(more.outputs).toMatchObject([{ content: "You get it back." }]);
});

test("restart continues from an entry, with a new id", async () => {
  const started = await conversations.start({ agentId, inputs: "hi" });
  const { conversationId } = started;
  const { entries } = await conversations.getHistory({ conversationId });
  const fromEntryId = entries[0]?.id ?? "";
  const restarted = await conversations.restart({
    conversationId,
    conversationRestartRequest: { fromEntryId, inputs: "search", agentVersion: 0 },
  });
  expect(restarted.conversationId).not.toBe(conversationId);
  expect(restarted.outputs.map(({ type }) => type)).toEqual(["tool.execution", "message.output"]);
  const again = await conversations.getHistory({ conversationId: restarted.conversationId });
  expect(again.entries).toHaveLength(4);
});

test("streams start, append and restart", async () => {
  const started = await types(await conversations.startStream({ agentId, inputs: "a refund" }));
  expect(started).toEqual([
    "conversation.response.started",
    "agent.handoff.started",
    "agent.handoff.done",
    "message.output.delta",
    "conversation.response.done",
  ]);
  const { conversationId } = await conversations.start({ agentId, inputs: "hi" });
  const appended = await conversations.appendStream({
    conversationId,
    conversationAppendStreamRequest: { inputs: "where is order 123?" },
  });
  expect(await types(appended)).toContain("function.call.delta");
  const { entries } = await conversations.getHistory({ conversationId });
  const restarted = await conversations.restartStream({
    conversationId,
    conversationRestartStreamRequest: { fromEntryId: entries[0]?.id ?? "", inputs: "search" },
  });
  expect(await types(restarted)).toContain("tool.execution.done");
});

async function types(stream: AsyncIterable<{ readonly event: string }>): Promise<string[]> {
  const seen: string[] = [];
  for await (const { event } of stream) seen.push(event);
  return seen;
}
