import type { RunEvent } from "../commands/event.ts";
import { type ProgramRows, rowOf } from "./event-row.ts";
import type { ExitCode } from "./exit-code.ts";
import type { ErrorWords } from "./words/error-words.ts";

/** An error of a run. */
export type RunError = ErrorWords & {
  /** The kind of its event: a code that stays, and has a section in docs/problems.md. */
  readonly code: RunEvent["kind"];
  /** 0 where it is a warning. */
  readonly exit: ExitCode;
  /** The agents that it is about. */
  readonly keys: readonly string[];
};

/** All errors and warnings of a run, in the order of their events. */
export function errorsOf(events: readonly RunEvent[], rows: ProgramRows): readonly RunError[] {
  const plan = events.findLast((event) => event.kind === "planned")?.plan;
  const about = { server: plan?.scope.server ?? "", hasWritten: hasWritten(events) };
  return events.flatMap((event) => errorOf(event, rows, about) ?? []);
}

/** The first error of a run that has to do with its exit code; undefined when all went well. */
export function firstError(errors: readonly RunError[]): RunError | undefined {
  return errors.find(({ exit }) => exit !== 0);
}

/** The error that an event is; undefined for most. */
export function errorOf(
  event: RunEvent,
  rows: ProgramRows,
  about: { readonly server: string; readonly hasWritten: boolean },
): RunError | undefined {
  const words = rowOf(event, rows).error?.(event, about.server);
  if (words === undefined) return undefined;
  const exit = eventExitCode(event, rows, about.hasWritten);
  return { code: event.kind, exit, keys: keysOf(event), ...words };
}

/** What an event alone means for the exit code, given whether something was written. */
export function eventExitCode(event: RunEvent, rows: ProgramRows, hasWritten: boolean): ExitCode {
  const { exit = 0 } = rowOf(event, rows);
  return typeof exit === "number" ? exit : exit(event, hasWritten);
}

/** Whether a run has written. Several steps are under way at once: one may fail before, and another one write after that. */
export function hasWritten(events: readonly RunEvent[]): boolean {
  return events.some(({ kind }) => kind === "writing_started" || kind === "probe_started");
}

function keysOf(event: RunEvent): readonly string[] {
  if ("key" in event) return [event.key];
  return "keys" in event ? event.keys : [];
}
