import type { JsonObject } from "../../agent/json.ts";
import type { RunEvent } from "../../commands/event.ts";
import { runError } from "./run-error.ts";

/** Version of the documents' form; the second number grows when something is added. */
const formatVersion = "1.0";

/** What every JSON document has: its kind, and the first thing that went wrong. */
export function documentOf(
  kind: string,
  events: readonly RunEvent[],
  members: JsonObject,
): JsonObject {
  const error = runError(events);
  return {
    format_version: formatVersion,
    kind,
    errored: error !== undefined,
    ...(error !== undefined && { error: { ...error } }),
    ...members,
  };
}
