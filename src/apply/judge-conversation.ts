import type { ApiFailure } from "../agent/api-error.ts";
import type { Expectation, ExpectedCall } from "../agent/check.ts";
import { argumentsText, messageText, type TokenUsage } from "../agent/conversation.ts";
import { type AgentId, type AgentRef, refText } from "../agent/identity.ts";
import { containsJson, isObject, type Json, type JsonObject, parsedJson } from "../agent/json.ts";

/** Why a conversation does not meet a check. */
export type CheckFailure =
  | { readonly kind: "no_handoff"; readonly expected: string }
  | { readonly kind: "not_called"; readonly name: string; readonly called: readonly string[] }
  | { readonly kind: "other_arguments"; readonly name: string; readonly expected: string }
  | { readonly kind: "no_message" }
  | { readonly kind: "not_contained"; readonly text: string }
  | { readonly kind: "contained"; readonly text: string }
  | { readonly kind: "not_matched"; readonly pattern: string }
  | { readonly kind: "not_json" }
  | { readonly kind: "other_json"; readonly reasons: readonly string[] }
  | { readonly kind: "too_many_tokens"; readonly used: number; readonly limit: number }
  /** The conversation did not stop calling functions. */
  | { readonly kind: "too_many_requests"; readonly limit: number }
  | { readonly kind: "request_failed"; readonly failure: ApiFailure };

/** Lists how a value violates a JSON Schema; empty if it is valid. */
export type ValidateJson = (schema: JsonObject, value: Json) => readonly string[];

/** A conversation that has ended. */
export type HeldConversation = {
  readonly entries: readonly JsonObject[];
  readonly usage: TokenUsage;
  /** The agent that it was started with. */
  readonly id: AgentId;
};

/** Everything that a conversation does not meet. `idOf` is undefined for an agent that does not exist. */
export function judgeConversation(
  { entries, usage, id }: HeldConversation,
  expect: Expectation,
  idOf: (ref: AgentRef) => AgentId | undefined,
  validate: ValidateJson,
): readonly CheckFailure[] {
  const { handoff, calls, maxOutputTokens: limit } = expect;
  const used = usage.completion;
  return [
    ...(handoff !== undefined && !tookOver(entries, id, idOf(handoff))
      ? [{ kind: "no_handoff", expected: refText(handoff) } as const]
      : []),
    ...calls.flatMap((call) => callFailures(entries, call)),
    ...messageFailures(entries, expect, validate),
    ...(limit !== undefined && used > limit
      ? [{ kind: "too_many_tokens", used, limit } as const]
      : []),
  ];
}

/** Whether a conversation was handed off to an agent, or the agent spoke in a conversation with another one. */
function tookOver(
  entries: readonly JsonObject[],
  first: AgentId,
  wanted: AgentId | undefined,
): boolean {
  if (wanted === undefined) return false;
  return entries.some(
    ({ next_agent_id, agent_id }) =>
      next_agent_id === wanted || (agent_id === wanted && wanted !== first),
  );
}

function callFailures(
  entries: readonly JsonObject[],
  { name, arguments: expected }: ExpectedCall,
): readonly CheckFailure[] {
  const calls = entries.filter(({ type }) => type === "function.call" || type === "tool.execution");
  const named = calls.filter((entry) => entry.name === name || entry.function === name);
  if (named.length === 0) {
    return [{ kind: "not_called", name, called: calls.map((entry) => String(entry.name)) }];
  }
  if (expected === undefined) return [];
  const given = named.map((entry) => parsedJson(argumentsText(entry.arguments)));
  if (given.some((each) => isObject(each) && containsJson(each, expected))) return [];
  return [{ kind: "other_arguments", name, expected: JSON.stringify(expected) }];
}

function messageFailures(
  entries: readonly JsonObject[],
  { contains, notContains, matches, jsonSchema }: Expectation,
  validate: ValidateJson,
): readonly CheckFailure[] {
  const message = entries.findLast(({ type }) => type === "message.output");
  const asksForMessage =
    contains.length + notContains.length + matches.length > 0 || jsonSchema !== undefined;
  if (message === undefined) return asksForMessage ? [{ kind: "no_message" }] : [];
  const said = messageText(message);
  return [
    ...contains
      .filter((text) => !said.includes(text))
      .map((text) => ({ kind: "not_contained", text }) as const),
    ...notContains
      .filter((text) => said.includes(text))
      .map((text) => ({ kind: "contained", text }) as const),
    ...matches
      .filter((pattern) => !new RegExp(pattern, "u").test(said))
      .map((pattern) => ({ kind: "not_matched", pattern }) as const),
    ...(jsonSchema === undefined ? [] : jsonFailures(said, jsonSchema.schema, validate)),
  ];
}

function jsonFailures(
  said: string,
  schema: JsonObject,
  validate: ValidateJson,
): readonly CheckFailure[] {
  const value = parsedJson(said);
  if (value === undefined) return [{ kind: "not_json" }];
  const reasons = validate(schema, value);
  return reasons.length === 0 ? [] : [{ kind: "other_json", reasons }];
}
