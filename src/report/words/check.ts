import type { TokenUsage } from "../../agent/conversation.ts";
import type { CheckOutcome, CheckTry } from "../../apply/check-event.ts";
import type { CheckFailure } from "../../apply/judge-conversation.ts";
import { counted, listed, truncated } from "../safe/truncate.ts";
import { apiFailureText } from "./api-failure.ts";
import { indented, type Line } from "./line.ts";
import { transcriptText } from "./transcript.ts";

const longestQuote = 200;

/** A name or a text in quotation marks. */
export const quoted = (text: string) => `"${truncated(text, longestQuote)}"`;

/** The failure of a check in one sentence. */
export function checkFailedText({
  key,
  check,
  version,
  tries,
  passed,
  needed,
}: CheckOutcome): string {
  const count =
    tries.length === 1 && needed === 1
      ? ""
      : `: ${passed} of ${counted(tries.length, "try", "tries")} passed, ${needed} needed`;
  return `the check ${quoted(check)} of ${key} version ${version} failed${count}`;
}

/** The unmet expectations and the conversation of the last failed try. */
export function failingTryText({ tries }: CheckOutcome): readonly Line[] {
  const failing = tries.findLast(({ failures }) => failures.length > 0);
  if (failing === undefined) return [];
  return [
    ...failing.failures.map((failure): Line => [checkFailureText(failure)]),
    ...indented(transcriptText(failing.transcript), 2),
  ];
}

/** One unmet expectation of a check. */
export function checkFailureText(failure: CheckFailure): string {
  switch (failure.kind) {
    case "no_handoff":
      return `${failure.expected} did not take over`;
    case "not_called":
      return failure.called.length === 0
        ? `${failure.name} was not called; nothing was`
        : `${failure.name} was not called, but ${listed(failure.called)}`;
    case "other_arguments":
      return `${failure.name} was not called with ${truncated(failure.expected, longestQuote)}`;
    case "no_message":
      return "the agent said nothing";
    case "not_contained":
      return `the last message does not contain ${quoted(failure.text)}`;
    case "contained":
      return `the last message contains ${quoted(failure.text)}`;
    case "not_matched":
      return `the last message does not match ${truncated(failure.pattern, longestQuote)}`;
    case "not_json":
      return "the last message is not JSON";
    case "other_json":
      return `the last message does not follow the schema: ${listed(failure.reasons, 5)}`;
    case "too_many_tokens":
      return `the answers took ${failure.used} tokens, more than ${failure.limit}`;
    case "too_many_requests":
      return `the agent still called functions after ${counted(failure.limit, "request")}`;
    case "request_failed":
      return apiFailureText(failure.failure);
  }
}

/** The cost of a check. */
export function costText({ tries, ms }: Pick<CheckOutcome, "tries" | "ms">): string {
  const requests = tries.reduce((sum, each) => sum + each.requests, 0);
  return `${counted(requests, "request")}, ${tokensText(usageOf(tries))}, ${secondsText(ms)}`;
}

/** The tokens of several tries together. */
export function usageOf(tries: readonly CheckTry[]): TokenUsage {
  const sum = (count: (usage: TokenUsage) => number) =>
    tries.reduce((total, { usage }) => total + count(usage), 0);
  return {
    prompt: sum(({ prompt }) => prompt),
    completion: sum(({ completion }) => completion),
    total: sum(({ total }) => total),
  };
}

/** How many tokens were used. */
export function tokensText({ total, completion }: TokenUsage): string {
  return `${counted(total, "token")} (${completion} of them output)`;
}

/** A time in seconds. */
export function secondsText(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`;
}
