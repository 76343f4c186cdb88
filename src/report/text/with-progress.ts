import type { Reporter } from "../reporter.ts";
import { type TextOptions, textReporter } from "./text.ts";

/**
 * A document on stdout when the run is over; while it lasts, how it is going and what goes wrong on stderr, since
 * whoever sends a document into a file or a program still wants to see that.
 */
export function withProgress(
  document: Reporter,
  err: (text: string) => void,
  options: TextOptions,
): Reporter {
  // What goes to stdout elsewhere need not be made here.
  const untold = { planText: () => [], driftText: () => [], changesText: () => [] };
  const progress = textReporter({ out: () => {}, err }, { ...options, ...untold });
  return {
    take: (event) => {
      document.take(event);
      progress.take(event);
    },
    finish: () => document.finish(),
  };
}
