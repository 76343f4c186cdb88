import type { RunEvent } from "../commands/event.ts";
import type { Reporter, Sinks } from "../report/reporter.ts";
import { type TextOptions, textReporter } from "../report/text.ts";
import type { ApplyDisplay } from "../terminal/watch-apply.ts";
import type { Viewing } from "./live-terminal.ts";
import { showReading } from "./reading-line.ts";

/**
 * Tells a run in text, with something below it that moves while the server is read or a plan is applied. Only for the
 * latter the library for displays is loaded; what happens meanwhile is told in text as ever.
 */
export function watchedReporter(sinks: Sinks, options: TextOptions, viewing: Viewing): Reporter {
  let isReading = false;
  let endReading = () => {};
  let display: ApplyDisplay | undefined;
  const sinceStart: RunEvent[] = [];
  let isOver = false;
  const text = textReporter(
    { out: sinks.out, err: (words) => (display ?? { above: sinks.err }).above(words) },
    options,
  );
  const open = async () => {
    const { openApplyDisplay } = await import("./live-terminal.ts");
    if (isOver) return;
    display = openApplyDisplay(viewing);
    for (const event of sinceStart.splice(0)) display.take(event);
  };
  const close = () => {
    isOver = true;
    endReading();
    display?.close();
    display = undefined;
  };
  return {
    take: (event) => {
      endReading();
      if (event.kind === "apply_started") void open();
      if (display === undefined) sinceStart.push(event);
      else display.take(event);
      text.take(event);
      if (event.kind === "apply_finished") close();
      // Waiting is told in a line of its own, and reading goes on after it.
      if (event.kind !== "waiting") isReading = event.kind === "reading";
      endReading = isReading ? showReading(viewing) : () => {};
    },
    finish: () => {
      close();
      text.finish();
    },
  };
}
