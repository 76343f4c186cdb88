import type { Paint } from "./typeset.ts";

/** How many columns and rows a terminal has. */
export type Size = { readonly columns: number; readonly rows: number };

/** A real terminal with a user. */
export type Terminal = {
  readonly input: NodeJS.ReadStream;
  /** The stream for displays: the one of the two outputs that carries no results. */
  readonly output: NodeJS.WriteStream;
  readonly paint: Paint;
  /** Handles Ctrl-C: while keys are read one by one, the terminal sends no signal for it. */
  readonly interrupt: () => void;
  /** Aborts when the run is asked to end. */
  readonly ended: AbortSignal;
  readonly now: () => number;
  /** Calls `act` every `ms` milliseconds until the returned function is called. */
  readonly every: (ms: number, act: () => void) => () => void;
};
