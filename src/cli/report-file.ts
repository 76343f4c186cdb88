import type { RunEvent } from "../commands/event.ts";
import { neutralJson } from "../report/neutralise.ts";
import { reportDocument } from "../report/report-document.ts";

/** What happened, as the JSON of a report file. */
export function reportText(events: readonly RunEvent[]): string {
  return `${neutralJson(reportDocument(events))}\n`;
}
