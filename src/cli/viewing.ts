import type { Mask } from "../mask/mask.ts";

/** What displays need to know about a run. */
export type Viewing = {
  readonly colour: boolean;
  readonly mask: () => Mask;
  /** Writes to the terminal; ignores the text if the terminal is closed. */
  readonly write: (text: string) => void;
  /** Aborts when the run is asked to stop, or when nothing can be shown any more. */
  readonly ended: AbortSignal;
  /** The number of answered requests so far. */
  readonly answered: () => number;
};
