import { afterEach, beforeEach, expect, test } from "vitest";
import { type Stage, setStage } from "../scenarios/stage.ts";
import { openTerminal } from "./terminal.ts";

let stage: Stage;
beforeEach(async () => {
  stage = await setStage();
  const declared = { name: "lookup_order", parameters: {} };
  stage.write({
    version: 1,
    project: "acme",
    agents: {
      triage: {
        model: "m",
        aliases: ["prod"],
        tools: [{ type: "function", function: declared }],
      },
    },
  } as never);
  expect((await stage.run("apply --auto-approve")).code).toBe(0);
  stage.emulator.control.followScript([
    { input: "yesterday", reply: "It was shipped." },
    {
      input: "order",
      reply: [{ type: "function.call", name: "lookup_order", arguments: { order: "1" } }],
    },
    { reply: "Hello there." },
  ]);
});
afterEach(() => stage.close());

test("a conversation: messages and function results are typed, the arrow key brings a message back", async () => {
  const terminal = openTerminal(stage, "ask triage");
  await terminal.until(/which prod runs[\s\S]*>$/);
  terminal.type("hi\r");
  await terminal.until(/Hello there\.\s+>/);
  terminal.type("my order\r");
  await terminal.until(/lookup_order answers:/);
  terminal.type("yesterday\r");
  await terminal.until(/It was shipped\.\s+>/);
  terminal.type("\u001b[A\u001b[A");
  await terminal.until(/> hi$/);
  terminal.type("\r");
  await terminal.until(/Hello there\.[\s\S]*Hello there\.\s+>/);
  terminal.type("\r");
  const { code, isRestored } = await terminal.ended;
  expect([code, isRestored]).toEqual([0, true]);
  expect(terminal.scrollback()).toContain("the server keeps nothing");
  expect(stage.emulator.control.conversations()).toEqual([]);
});

test("Ctrl-C at a question ends it with 130", async () => {
  const terminal = openTerminal(stage, "ask triage");
  await terminal.until(/>$/);
  terminal.type("\u0003");
  expect(await terminal.ended).toEqual({ code: 130, isRestored: true });
});
