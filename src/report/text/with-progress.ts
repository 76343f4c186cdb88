import type { Reporter } from "../reporter.ts";
import { type TextOptions, textReporter } from "./text.ts";

/**
 * Prints a document on stdout at the end of the run and, meanwhile, progress and errors on stderr, where they are
 * visible even if stdout is a file or a pipe.
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
