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
  const progress = textReporter({ out: undefined, err }, options);
  return {
    take: (event) => {
      document.take(event);
      progress.take(event);
    },
    finish: () => document.finish(),
  };
}
