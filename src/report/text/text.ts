import type { RunEvent } from "../../commands/event.ts";
import { type ProgramRows, rowOf } from "../event-row.ts";
import type { Reporter, Sinks } from "../reporter.ts";
import { errorOf, errorsOf } from "../run-error.ts";
import { type Line, paint, styled } from "../words/line.ts";
import { applySummary } from "./apply-summary.ts";
import { errorLines } from "./error-lines.ts";
import { explainHint } from "./explain-hint.ts";

export type TextOptions = {
  /** The rows of the events that the program emits. */
  readonly rows: ProgramRows;
  /** Per stream, because one may be a terminal and the other a file. */
  readonly colour: { readonly out: boolean; readonly err: boolean };
  /** Print only the result and errors. */
  readonly quiet: boolean;
};

/** Where text goes; without `out` the result is left out, and not even made. */
export type TextSinks = { readonly out: Sinks["out"] | undefined; readonly err: Sinks["err"] };

/**
 * Reports a run as plain lines while it happens: the result on stdout, everything else on stderr. All text passes
 * `paint`, which sanitizes it.
 */
export function textReporter(sinks: TextSinks, { rows, colour, quiet }: TextOptions): Reporter {
  const events: RunEvent[] = [];
  let server = "";
  let done = 0;
  let all = "";
  const write = (stream: keyof Sinks, lines: readonly Line[]) => {
    if (lines.length > 0) sinks[stream]?.(paint(lines, colour[stream]));
  };
  /** The counter of a finished step of an apply, such as `[3/12]`; empty for other events. */
  const placeOf = (event: RunEvent) => {
    if (event.kind === "apply_started") {
      done = 0;
      all = String(event.writes + event.moves + event.deletions);
    }
    if (all === "" || !isStep(event)) return "";
    done += 1;
    return `[${String(done).padStart(all.length)}/${all}]`;
  };
  return {
    take: (event) => {
      events.push(event);
      if (event.kind === "planned") server = event.plan.scope.server;
      const place = placeOf(event);
      const { progress, result } = rowOf(event, rows);
      if (progress !== undefined && !quiet) write("err", behind(place, progress(event)));
      if (result !== undefined && sinks.out !== undefined) write("out", result(event));
      const error = errorOf(event, rows, { server, hasWritten: false });
      if (error === undefined || error.parts.length === 0) return;
      // What is wrong with a result is set apart from it.
      write("err", [...(result === undefined ? [] : [[]]), ...errorLines(error)]);
    },
    finish: () => {
      write("out", applySummary(events));
      if (!quiet) write("err", explainHint(errorsOf(events, rows)));
    },
  };
}

type Totals = Extract<RunEvent, { kind: "apply_started" }>;

/** For each announced number, the event that it counts. */
const counted: {
  readonly [Total in keyof Totals as Totals[Total] extends number
    ? Total
    : never]: RunEvent["kind"];
} = {
  writes: "agent_written",
  moves: "pointer_set",
  deletions: "agent_deleted",
};

function isStep({ kind }: RunEvent): boolean {
  return Object.values(counted).includes(kind);
}

function behind(place: string, lines: readonly Line[]): readonly Line[] {
  const [first, ...others] = lines;
  return place === "" || first === undefined
    ? lines
    : [[styled("faint", place), " ", ...first], ...others];
}
