import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { buildPage } from "../../scripts/build-page.mjs";
import type { RunEvent } from "../../src/commands/event.ts";
import { everyRow } from "../../src/report/events/every.ts";
import type { PageCommand } from "../../src/report/html/data.ts";
import { htmlReporter } from "../../src/report/html/html.ts";

const assets = await buildPage();
const folder = mkdtempSync(path.join(tmpdir(), "agentvane-pages-"));

/** The HTML report of some events. */
export function pageText(events: readonly RunEvent[], command: PageCommand = "plan"): string {
  let page = "";
  const write = (text: string) => {
    page += text;
  };

  const reporter = htmlReporter(write, command, assets, everyRow);
  for (const event of events) reporter.take(event);
  reporter.finish();
  return page;
}

/** The same as a file, by the address at which a browser opens it. */
export function pageFile(name: string, events: readonly RunEvent[], command?: PageCommand): string {
  const file = path.join(folder, `${name}.html`);
  writeFileSync(file, pageText(events, command));
  return pathToFileURL(file).href;
}
