import type { RunEvent } from "../commands/event.ts";
import type { ExitCode } from "./exit-code.ts";
import type { ErrorWords } from "./words/error-words.ts";
import type { Line } from "./words/line.ts";

/** What a kind of event is in a report: words, an error, a result that may be an error, or an answer with an exit code. */
export type EventRow<Event> =
  | TextRow<Event>
  | ErrorRow<Event, ErrorWords>
  | (TextRow<Event> & ErrorRow<Event, ErrorWords | undefined>)
  | (TextRow<Event> & Exit<Event>);

/** No error: the exit code stays 0. The result goes to stdout, progress to stderr. */
type TextRow<Event> =
  | { readonly result: Lines<Event>; readonly progress?: Lines<Event> }
  | { readonly progress: Lines<Event> };

type Lines<Event> = (event: Event) => readonly Line[];

type Exit<Event> = {
  readonly exit: ExitCode | ((event: Event, hasWritten: boolean) => ExitCode);
};

/** An error; a result may be one or not. With exit code 0 it is a warning, and the run goes on. */
type ErrorRow<Event, Words> = Exit<Event> & {
  /** The server is that of the plan, empty before there is one. */
  readonly error: (event: Event, server: string) => Words;
};

/** A row for each kind of event: a kind without one does not compile. */
export type EventRows<Event extends RunEvent = RunEvent> = {
  readonly [Kind in Event["kind"]]: EventRow<Extract<RunEvent, { readonly kind: Kind }>>;
};

/** The rows that a program has: those of all events that its commands can emit. */
export type ProgramRows = Partial<EventRows>;

/** The kinds of events whose rows are errors. */
export type ErrorKind<Rows> = {
  [Kind in keyof Rows]: Rows[Kind] extends { readonly error: unknown } ? Kind : never;
}[keyof Rows];

/** The members that a row may have. */
type AnyRow = {
  readonly result?: Lines<RunEvent>;
  readonly progress?: Lines<RunEvent>;
  readonly exit?: Exit<RunEvent>["exit"];
  readonly error?: ErrorRow<RunEvent, ErrorWords | undefined>["error"];
};

/** The row of an event. */
export function rowOf({ kind }: RunEvent, rows: ProgramRows): AnyRow {
  const row = rows[kind];
  if (row === undefined) throw new Error(`this program has no row for ${kind}`);
  return row as AnyRow;
}

/** The row of an event that nothing is said about: what follows it says it. */
export const unsaid = { progress: () => [] } as const;
