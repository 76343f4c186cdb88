import type { RunEvent } from "../../commands/event.ts";
import type { ProgramRows } from "../event-row.ts";
import { driftDocument, planDocument, reportDocument } from "../json/report.ts";
import type { Reporter } from "../reporter.ts";
import { errorsOf, firstError } from "../run-error.ts";
import { sanitizedJson } from "../safe/sanitize.ts";
import { textReporter } from "../text/text.ts";
import { paint } from "../words/line.ts";
import { pageData } from "./content.ts";
import type { PageCommand, PageData } from "./data.ts";
import { htmlDocument, type PageAssets } from "./document.ts";

/** The largest project, and the longest text, that a page also contains as JSON and as plain text. */
const mostAgents = 100;
const longestText = 100_000;

const documents = { plan: planDocument, drift: driftDocument, apply: reportDocument } as const;

/**
 * Collects the events of a run and writes one HTML page at its end, also after a failure. `out` must not mask the text:
 * secrets are masked here before texts are compared, so that no part of one remains. Masking the finished page could
 * damage its script.
 */
export function htmlReporter(
  out: (text: string) => void,
  command: PageCommand,
  assets: PageAssets,
  rows: ProgramRows,
): Reporter {
  const events: RunEvent[] = [];
  return {
    take: (event) => {
      events.push(event);
    },
    finish: () => {
      const data = pageData(events, command, rows);
      const title = ["agentvane", command, data.scope].join(" ").trimEnd();
      out(htmlDocument({ title, data, ...told(events, command, data, rows) }, assets));
    },
  };
}

/** The run as JSON and as plain text; for a large one, little more than its summary. */
function told(
  events: readonly RunEvent[],
  command: PageCommand,
  { agents, verdict }: PageData,
  rows: ProgramRows,
): { readonly json: string | undefined; readonly text: string } {
  const sum = `${paint(verdict.lines, false)}\nThe rest of this page needs JavaScript.\n`;
  if (agents.length > mostAgents) return { json: undefined, text: sum };
  const json = sanitizedJson(documents[command](events, firstError(errorsOf(events, rows))));
  const text = plainText(events, rows);
  return {
    json: json.length > longestText ? undefined : json,
    text: text.length > longestText ? sum : text,
  };
}

/** The run in the text format. */
function plainText(events: readonly RunEvent[], rows: ProgramRows): string {
  const lines: string[] = [];
  const add = (text: string) => void lines.push(text);
  const reporter = textReporter(
    { out: add, err: add },
    { rows, colour: { out: false, err: false }, quiet: false },
  );
  // Waiting times are not part of the result.
  for (const event of events) if (event.kind !== "waiting") reporter.take(event);
  reporter.finish();
  return lines.join("");
}
