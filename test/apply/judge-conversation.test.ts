import { describe, expect, test } from "vitest";
import type { Expectation } from "../../src/agent/check.ts";
import type { AgentId, AgentRef } from "../../src/agent/identity.ts";
import type { JsonObject } from "../../src/agent/json.ts";
import { judgeConversation } from "../../src/apply/judge-conversation.ts";
import { key } from "../plan/world.ts";

const first = "ag_first" as AgentId;
const second = "ag_second" as AgentId;
const idOf = (ref: AgentRef) =>
  "id" in ref ? ref.id : ({ first, second } as Readonly<Record<string, AgentId>>)[ref.key];
const said = (content: string, agent_id: AgentId = first): JsonObject => ({
  type: "message.output",
  content,
  agent_id,
});
const called = (given: unknown, type = "function.call"): JsonObject => ({
  type,
  name: "look_up",
  arguments: given as string,
});

const failures = (entries: readonly JsonObject[], expected: Partial<Expectation>, tokens = 0) =>
  judgeConversation(
    { entries, id: first, usage: { prompt: 0, completion: tokens, total: tokens } as never },
    { calls: [], contains: [], notContains: [], matches: [], ...expected } as Expectation,
    idOf,
    (_schema, value) => (value === 1 ? [] : ["is not 1"]),
  ).map(({ kind }) => kind);

const handoff = (to: string) => ({ handoff: { key: key(to) } });
const call = (wanted?: JsonObject) => ({
  calls: [{ name: "look_up", ...(wanted && { arguments: wanted }) }],
});
const schema = { jsonSchema: { schema: {} } } as Partial<Expectation>;

describe("a conversation is judged by", () => {
  test.each<[string, readonly JsonObject[], Partial<Expectation>, readonly string[]]>([
    [
      "who was handed it",
      [{ type: "agent.handoff", next_agent_id: second }],
      handoff("second"),
      [],
    ],
    ["who spoke in it", [said("hi", second)], handoff("second"), []],
    ["the one it began with took nothing over", [said("hi")], handoff("first"), ["no_handoff"]],
    [
      "unless it came back to it",
      [{ type: "agent.handoff", next_agent_id: first }],
      handoff("first"),
      [],
    ],
    ["an agent that does not exist took nothing over", [said("hi")], handoff("x"), ["no_handoff"]],
    ["a function that was called", [called("{}")], call(), []],
    ["a tool of the server that ran", [called("{}", "tool.execution")], call(), []],
    ["a function that was not called", [said("hi")], call(), ["not_called"]],
    ["arguments, of which it names some", [called('{"a":1,"b":2}')], call({ b: 2 }), []],
    ["arguments that are an object", [called({ a: 1 })], call({ a: 1 }), []],
    ["other arguments", [called('{"a":"1"}')], call({ a: 1 }), ["other_arguments"]],
    ["arguments that are no JSON", [called("{")], call({ a: 1 }), ["other_arguments"]],
    ["one of several calls", [called('{"a":2}'), called('{"a":1}')], call({ a: 1 }), []],
    ["its last message", [said("one"), said("two")], { contains: ["one"] }, ["not_contained"]],
    ["capitals", [said("Refund")], { contains: ["refund"] }, ["not_contained"]],
    ["every text", [said("a b")], { contains: ["a", "c"] }, ["not_contained"]],
    ["what is not to be in it", [said("a b")], { notContains: ["c", "b"] }, ["contained"]],
    ["a regular expression", [said("order 12")], { matches: ["\\d+$", "^\\d"] }, ["not_matched"]],
    ["no message, where one is asked for", [], { notContains: ["x"] }, ["no_message"]],
    ["no message, where none is asked for", [called("{}")], call(), []],
    ["JSON by its schema", [said("1")], schema, []],
    ["other JSON", [said("2")], schema, ["other_json"]],
    ["no JSON", [said("one")], schema, ["not_json"]],
  ])("%s", (_name, entries, expected, kinds) => {
    expect(failures(entries, expected)).toEqual(kinds);
  });

  test("its tokens, of which as many as the limit are allowed", () => {
    expect(failures([], { maxOutputTokens: 9 }, 9)).toEqual([]);
    expect(failures([], { maxOutputTokens: 9 }, 10)).toEqual(["too_many_tokens"]);
  });

  test("everything at once", () => {
    const wanted = { ...handoff("second"), ...call(), contains: ["x"], maxOutputTokens: 1 };
    expect(failures([said("y")], wanted, 2)).toEqual([
      "no_handoff",
      "not_called",
      "not_contained",
      "too_many_tokens",
    ]);
  });
});
