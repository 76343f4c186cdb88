import type { JsonObject } from "../../agent/json.ts";
import type { RunEvent } from "../../commands/event.ts";
import { plain } from "../plain-json.ts";

/** The checks in the output of `check --format json`. */
export function checksMembers(events: readonly RunEvent[]): JsonObject {
  const end = events.find((event) => event.kind === "checks_finished");
  return {
    checks: events.flatMap((event) =>
      event.kind === "check_passed" || event.kind === "check_failed" ? [plain(event)] : [],
    ),
    skipped: end?.skipped ?? [],
    duration_ms: end?.ms ?? null,
  };
}

/** The conversation in the output of `ask --format json`. */
export function conversationMembers(
  { key, id, name, version, by }: Extract<RunEvent, { kind: "conversation_started" }>,
  events: readonly RunEvent[],
): JsonObject {
  const end = events.find((event) => event.kind === "conversation_finished");
  const begin = events.findLastIndex(({ kind }) => kind === "conversation_started_over");
  return {
    key,
    id,
    name,
    version,
    alias: by.kind === "alias" ? by.alias : null,
    transcript: events
      .slice(begin + 1)
      .flatMap((event) => (event.kind === "conversation_heard" ? event.lines.map(plain) : [])),
    turns: end?.turns ?? 0,
    requests: end?.requests ?? 0,
    usage: end === undefined ? null : plain(end.usage),
    duration_ms: end?.ms ?? null,
  };
}
