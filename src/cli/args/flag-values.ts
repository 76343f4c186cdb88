import { parseDuration } from "../../agent/duration.ts";
import type { UpdateLimit } from "../../plan/limits.ts";
import { type Invocation, seeHelp, UsageError } from "./invocation.ts";

/** A duration in milliseconds, or the default. */
export function durationFlag(invocation: Invocation, flag: string, otherwise: number): number {
  return optionalDurationFlag(invocation, flag) ?? otherwise;
}

/** A duration in milliseconds; undefined if not given. */
export function optionalDurationFlag(invocation: Invocation, flag: string): number | undefined {
  const text = invocation.value(flag);
  if (text === undefined) return undefined;
  const ms = parseDuration(text);
  if (ms === undefined)
    throw wrong(invocation, flag, text, "a duration such as 300ms, 2s, 5m, 1h or 7d");
  return ms;
}

/** A whole number of at least `least`, or the default. */
export function countFlag(
  invocation: Invocation,
  flag: string,
  otherwise: number,
  least: number,
): number {
  return optionalCountFlag(invocation, flag, least) ?? otherwise;
}

/** A whole number of at least `least`; undefined if not given. */
export function optionalCountFlag(
  invocation: Invocation,
  flag: string,
  least: number,
): number | undefined {
  const text = invocation.value(flag);
  if (text === undefined) return undefined;
  if (!/^\d{1,6}$/.test(text) || Number(text) < least) {
    throw wrong(invocation, flag, text, `a whole number from ${least}`);
  }
  return Number(text);
}

/** One of several words, or the default. */
export function choiceFlag<Choice extends string>(
  invocation: Invocation,
  flag: string,
  choices: readonly Choice[],
  otherwise: Choice,
): Choice {
  const text = invocation.value(flag);
  if (text === undefined) return otherwise;
  const found = choices.find((choice) => choice === text);
  if (found === undefined) throw wrong(invocation, flag, text, `one of: ${choices.join(", ")}`);
  return found;
}

/** `--max-updates`: a number, or a percentage of the existing agents. */
export function updateLimitFlag(invocation: Invocation): UpdateLimit | undefined {
  const text = invocation.value("max-updates");
  if (text === undefined) return undefined;
  const match = /^(\d{1,6})\s?(%?)$/.exec(text);
  if (match === null)
    throw wrong(invocation, "max-updates", text, "a number, or a percentage such as 20%");
  const amount = Number(match[1]);
  return match[2] === "%" ? { kind: "percent", percent: amount } : { kind: "count", count: amount };
}

/** `--var NAME=VALUE`; the last one of a name wins. */
export function variableFlags(invocation: Invocation): ReadonlyMap<string, string> {
  return new Map(
    invocation.list("var").map((text): [string, string] => {
      const at = text.indexOf("=");
      if (at < 1) throw wrong(invocation, "var", text, "NAME=VALUE");
      return [text.slice(0, at), text.slice(at + 1)];
    }),
  );
}

/** Keys of agents: the flag repeated, or with commas; each key once, sorted. */
export function keysFlag(invocation: Invocation, flag: string): readonly string[] {
  const keys = invocation.list(flag).flatMap((text) => text.split(","));
  return [...new Set(keys.filter((key) => key !== ""))].sort();
}

function wrong(invocation: Invocation, flag: string, text: string, expected: string): UsageError {
  return new UsageError(`--${flag} ${text}: expected ${expected}`, seeHelp(invocation.command));
}
