import type { RunEvent } from "../../commands/event.ts";
import { reportDocument } from "../../report/json/report.ts";
import { neutralJson } from "../../report/safe/neutralise.ts";

/** What happened, as the JSON of a report file. */
export function reportText(events: readonly RunEvent[]): string {
  return `${neutralJson(reportDocument(events))}\n`;
}
