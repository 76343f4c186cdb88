import { htmlReporter } from "../report/html.ts";
import type { PageCommand } from "../report/html-data.ts";
import type { PageAssets } from "../report/html-document.ts";
import type { Reporter } from "../report/reporter.ts";
import { type TextOptions, textReporter } from "../report/text.ts";

/** Put in by the build. */
declare const AGENTVANE_PAGE: PageAssets | undefined;

/**
 * The page on stdout when the run is over; while it lasts, how it is going on stderr, since whoever sends a page
 * into a file still wants to see that.
 */
export function openHtmlReport(
  command: string,
  options: TextOptions,
  mask: (text: string) => string,
): Reporter {
  if (typeof AGENTVANE_PAGE === "undefined") throw new Error("npm run build makes the page");
  const write = (text: string) => void process.stdout.write(text);
  const page = htmlReporter(write, pageCommandOf(command), AGENTVANE_PAGE, options, mask);
  const err = (text: string) => void process.stderr.write(mask(text));
  // What goes to stdout elsewhere need not be made here.
  const untold = { planText: () => [], driftText: () => [], changesText: () => [] };
  const progress = textReporter({ out: () => {}, err }, { ...options, ...untold });
  return {
    take: (event) => {
      page.take(event);
      progress.take(event);
    },
    finish: () => page.finish(),
  };
}

function pageCommandOf(command: string): PageCommand {
  return command === "plan" || command === "drift" ? command : "apply";
}
