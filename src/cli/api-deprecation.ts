import type { ServerEvent } from "../commands/server-event.ts";
import type { RequestNote } from "../remote/request-note.ts";

/** The deprecation that an answer announces for its operation, as an event; undefined if there is none. */
export function apiDeprecation(note: RequestNote): ServerEvent | undefined {
  if (note.kind !== "answered") return undefined;
  const { method, path, deprecation, sunset } = note;
  if (deprecation === undefined && sunset === undefined) return undefined;
  return {
    kind: "api_deprecated",
    method,
    path: path.replace(/\?.*$/s, ""),
    since: dayOf(deprecation),
    ends: dayOf(sunset),
  };
}

/** The day of `@1793491200` (RFC 9745) or of an HTTP date (RFC 8594); undefined for `true` and for invalid dates. */
function dayOf(header: string | undefined): string | undefined {
  const seconds = /^@(\d{1,11})$/.exec(header ?? "")?.[1];
  const time = seconds === undefined ? Date.parse(header ?? "") : Number(seconds) * 1_000;
  return Number.isNaN(time) ? undefined : new Date(time).toISOString().slice(0, 10);
}
