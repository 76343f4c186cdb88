import type { PageCommand } from "../report/html/data.ts";
import type { PageAssets } from "../report/html/document.ts";
import { htmlReporter } from "../report/html/html.ts";
import type { Reporter } from "../report/reporter.ts";
import type { TextOptions } from "../report/text/text.ts";

/** Put in by the build. */
declare const AGENTVANE_PAGE: PageAssets | undefined;

/** The page on stdout when the run is over. */
export function openHtmlReport(
  command: string,
  write: (text: string) => void,
  options: TextOptions,
): Reporter {
  if (typeof AGENTVANE_PAGE === "undefined") throw new Error("npm run build makes the page");
  return htmlReporter(write, pageCommandOf(command), AGENTVANE_PAGE, options);
}

function pageCommandOf(command: string): PageCommand {
  return command === "plan" || command === "drift" ? command : "apply";
}
