import type { RunEvent } from "../commands/event.ts";
import { applySummary } from "./apply-summary.ts";
import { eventText, type PlanTexts } from "./event-text.ts";
import { type Line, paint, styled } from "./line.ts";
import type { Reporter, Sinks } from "./reporter.ts";

export type TextOptions = PlanTexts & {
  /** Each stream for itself: one may be a terminal and the other a file. */
  readonly colour: { readonly out: boolean; readonly err: boolean };
  /** Only the result and errors. */
  readonly quiet: boolean;
};

/**
 * Tells a run in steady plain lines as it happens: the result on stdout, everything else on stderr. All of it
 * passes `paint`, which makes text from elsewhere harmless.
 */
export function textReporter(sinks: Sinks, options: TextOptions): Reporter {
  const { planText, driftText, changesText } = options;
  const texts = { planText, driftText, changesText };
  const events: RunEvent[] = [];
  const write = (stream: keyof Sinks, lines: readonly Line[]) => {
    if (lines.length > 0) sinks[stream](paint(lines, options.colour[stream]));
  };
  return {
    take: (event) => {
      events.push(event);
      for (const { as, lines } of eventText(event, { server: serverOf(events), ...texts })) {
        if (as === "result") write("out", lines);
        else if (as === "error" || !options.quiet) write("err", counted(event, events, lines));
      }
    },
    finish: () => write("out", applySummary(events)),
  };
}

function serverOf(events: readonly RunEvent[]): string {
  const planned = events.find((event) => event.kind === "planned");
  return planned?.plan.scope.server ?? "";
}

const steps: ReadonlySet<RunEvent["kind"]> = new Set([
  "agent_written",
  "pointer_set",
  "agent_deleted",
]);

/** Puts `[3/12]` before the line of a step that was done. */
function counted(
  event: RunEvent,
  events: readonly RunEvent[],
  lines: readonly Line[],
): readonly Line[] {
  const [first, ...others] = lines;
  const start = events.find((each) => each.kind === "apply_started");
  if (first === undefined || start === undefined || !steps.has(event.kind)) return lines;
  const done = events.filter(({ kind }) => steps.has(kind)).length;
  const all = String(start.writes + start.moves + start.deletions);
  return [
    [styled("faint", `[${String(done).padStart(all.length)}/${all}]`), " ", ...first],
    ...others,
  ];
}
