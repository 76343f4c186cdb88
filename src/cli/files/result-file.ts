import type { Shutdown } from "../shutdown.ts";
import type { StandardStreams } from "../standard-streams.ts";

/** A place for a result that was proved writable. */
export type ResultFile = {
  /** Writes the whole text, once. */
  readonly write: (text: string) => Promise<void>;
  /** Lets go of what is not written: the reader of a pipe sees its end. */
  readonly close: () => void;
};

/** What of the run its result files have to know: how it ends, and the outputs that one of them may be. */
export type ResultRun = Pick<Shutdown, "ended" | "left"> & { readonly streams: StandardStreams };
