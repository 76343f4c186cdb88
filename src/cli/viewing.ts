import type { Mask } from "../mask/mask.ts";

/** What displays need to know of a run. */
export type Viewing = {
  readonly colour: boolean;
  readonly mask: () => Mask;
  /** Writes to the terminal; what nobody can see any more is lost. */
  readonly write: (text: string) => void;
  /** Aborts when the run is asked to end, and when nothing can be shown any more. */
  readonly ended: AbortSignal;
  /** How many requests were answered so far. */
  readonly answered: () => number;
};
