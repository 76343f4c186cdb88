import type { RunEvent } from "../../commands/event.ts";
import type { Reporter, Sinks } from "../../report/reporter.ts";
import { type TextOptions, textReporter } from "../../report/text/text.ts";
import type { ApplyDisplay } from "../../terminal/watch-apply.ts";
import type { Viewing } from "../viewing.ts";
import { type FetchingLine, showFetching } from "./fetching-line.ts";

/**
 * Reports a run as text, with a live display below it while the server is read or a plan is applied. The display
 * library is loaded only for an apply; events during the loading are reported as text.
 */
export function watchedReporter(sinks: Sinks, options: TextOptions, viewing: Viewing): Reporter {
  let fetching: FetchingLine | undefined;
  let display: ApplyDisplay | undefined;
  /** The events that the display has to catch up on when it is loaded. */
  let untold: RunEvent[] | undefined;
  const text = textReporter(
    { out: sinks.out, err: (words) => (display ?? { above: sinks.err }).above(words) },
    options,
  );
  const open = async () => {
    const { openApplyDisplay } = await import("./live-terminal.ts");
    if (untold === undefined) return;
    display = openApplyDisplay(viewing);
    for (const event of untold) display.take(event);
    untold = undefined;
  };
  const close = () => {
    fetching?.end();
    untold = undefined;
    display?.close();
    display = undefined;
  };
  const watch = (event: RunEvent) => {
    if (event.kind === "apply_started") {
      untold = [];
      void open();
    }
    untold?.push(event);
    display?.take(event);
  };
  return {
    take: (event) => {
      // A wait is reported in a line of its own, and reading continues after it.
      if (event.kind === "waiting") fetching?.hide();
      else fetching?.end();
      watch(event);
      text.take(event);
      if (event.kind === "fetching") fetching = showFetching(viewing);
      if (event.kind === "apply_finished" || event.kind === "apply_superseded") close();
    },
    finish: () => {
      close();
      text.finish();
    },
  };
}
