import type { Paint } from "./typeset.ts";

/** How many columns and rows a terminal has. */
export type Size = { readonly columns: number; readonly rows: number };

/** A real terminal with a person at it, as far as this room knows one. */
export type Terminal = {
  readonly input: NodeJS.ReadStream;
  /** Where displays are drawn: the one of the two outputs that holds no results. */
  readonly output: NodeJS.WriteStream;
  readonly paint: Paint;
  /** What Ctrl-C stands for: while keys are read one by one, the terminal makes no signal of it. */
  readonly interrupt: () => void;
  /** Aborts when the run is asked to end. */
  readonly ended: AbortSignal;
  readonly now: () => number;
  /** Calls again and again until the function it gives is called; milliseconds. */
  readonly every: (ms: number, act: () => void) => () => void;
};
