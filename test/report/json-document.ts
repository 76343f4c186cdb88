import type { JsonObject } from "../../src/agent/json.ts";
import type { RunEvent } from "../../src/commands/event.ts";
import { everyRow } from "../../src/report/events/every.ts";
import { errorsOf, firstError, type RunError } from "../../src/report/run-error.ts";

/** The JSON document of a run, with its first error. */
export function jsonDocument(
  make: (events: readonly RunEvent[], error: RunError | undefined) => JsonObject,
  events: readonly RunEvent[],
): JsonObject {
  return make(events, firstError(errorsOf(events, everyRow)));
}
