import type { RunEvent } from "../commands/event.ts";
import type { Reporter, Sinks } from "../report/reporter.ts";
import { type TextOptions, textReporter } from "../report/text.ts";
import type { ApplyDisplay } from "../terminal/watch-apply.ts";
import type { Viewing } from "./live-terminal.ts";

/**
 * Tells a run in text, with a display below it that moves while something is applied. Only then is the library for
 * displays loaded; what happens meanwhile is told in text as ever.
 */
export function watchedReporter(sinks: Sinks, options: TextOptions, viewing: Viewing): Reporter {
  let display: ApplyDisplay | undefined;
  const applied: RunEvent[] = [];
  let isOver = false;
  const text = textReporter(
    { out: sinks.out, err: (words) => (display ?? { above: sinks.err }).above(words) },
    options,
  );
  const open = async () => {
    const { openApplyDisplay } = await import("./live-terminal.ts");
    if (isOver) return;
    display = openApplyDisplay(viewing);
    for (const event of applied) display.take(event);
  };
  const close = () => {
    isOver = true;
    display?.close();
    display = undefined;
  };
  return {
    take: (event) => {
      if (event.kind === "apply_started") void open();
      applied.push(event);
      display?.take(event);
      text.take(event);
      if (event.kind === "apply_finished") close();
    },
    finish: () => {
      close();
      text.finish();
    },
  };
}
