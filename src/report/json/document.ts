import type { JsonObject } from "../../agent/json.ts";
import type { RunError } from "../run-error.ts";

/** Version of the document format; the second number grows when a member is added. */
const formatVersion = "1.0";

/** The members of every JSON document: its kind, and the first error. */
export function documentOf(
  kind: string,
  error: RunError | undefined,
  members: JsonObject,
): JsonObject {
  return {
    format_version: formatVersion,
    kind,
    errored: error !== undefined,
    ...(error !== undefined && { error: errorJson(error) }),
    ...members,
  };
}

/** A code that stays, a sentence for people, and the data behind it. */
function errorJson({ code, message, details }: RunError): JsonObject {
  return { code, message, details };
}
