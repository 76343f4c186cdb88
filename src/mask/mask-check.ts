import type { Check, Expectation, ExpectedCall } from "../agent/check.ts";
import type { TranscriptLine } from "../agent/transcript.ts";
import type { CheckTry } from "../apply/check-event.ts";
import type { CheckFailure } from "../apply/judge-conversation.ts";
import { maskFailure } from "./mask-failure.ts";
import { maskJson } from "./mask-json.ts";
import { maskPosition } from "./mask-position.ts";
import { cases, each, entries, kept, members, own, type Rule, text } from "./rule.ts";

const expect = members<Expectation>({
  handoff: kept,
  calls: each(members<ExpectedCall>({ name: own, arguments: maskJson })),
  contains: each(text),
  notContains: each(text),
  matches: each(text),
  jsonSchema: members<NonNullable<Expectation["jsonSchema"]>>({
    schema: maskJson,
    at: maskPosition,
  }),
});

/** A check of a file: its conversation. */
export const maskCheck: Rule<Check> = members<Check>({
  name: own,
  say: each(text),
  expect,
  functions: entries(own, text),
  at: maskPosition,
});

/** The lines of a conversation. */
export const maskTranscript: Rule<readonly TranscriptLine[]> = each(
  cases<TranscriptLine, "kind">("kind", {
    user: { text },
    message: { agent: own, text },
    call: { agent: own, name: own, arguments: text },
    result: { name: own, text },
    tool: { agent: own, name: own, arguments: text },
    handoff: { from: own, to: own },
    other: { type: own },
  }),
);

const failures = each(
  cases<CheckFailure, "kind">("kind", {
    no_handoff: { expected: own },
    not_called: { name: own, called: each(own) },
    other_arguments: { name: own, expected: text },
    not_contained: { text },
    contained: { text },
    not_matched: { pattern: text },
    other_json: { reasons: each(text) },
    request_failed: { failure: maskFailure },
  }),
);

/** Why a conversation with a person ended. */
export const maskTalkFailure = cases<
  Extract<CheckFailure, { readonly kind: "request_failed" | "too_many_requests" }>,
  "kind"
>("kind", { request_failed: { failure: maskFailure } });

/** One try of a check, and its result. */
export const maskTry: Rule<CheckTry> = members<CheckTry>({
  failures,
  transcript: maskTranscript,
  usage: kept,
});
