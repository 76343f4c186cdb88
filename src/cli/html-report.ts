import type { ProgramRows } from "../report/event-row.ts";
import type { PageCommand } from "../report/html/data.ts";
import type { PageAssets } from "../report/html/document.ts";
import { htmlReporter } from "../report/html/html.ts";
import type { JsonKind } from "../report/json/kind.ts";
import type { Reporter } from "../report/reporter.ts";

/** Inserted by the build. */
declare const AGENTVANE_PAGE: PageAssets | undefined;

/** Writes the page to stdout at the end of the run. */
export function openHtmlReport(
  document: JsonKind,
  write: (text: string) => void,
  rows: ProgramRows,
): Reporter {
  if (typeof AGENTVANE_PAGE === "undefined") throw new Error("npm run build makes the page");
  const command = pageCommands[document];
  if (command === undefined) throw new Error(`a ${document} has no page`);
  return htmlReporter(write, command, AGENTVANE_PAGE, rows);
}

const pageCommands: { readonly [Kind in JsonKind]: PageCommand | undefined } = {
  plan: "plan",
  drift: "drift",
  report: "apply",
  output: undefined,
  result: undefined,
};
