import type { Shutdown } from "../shutdown.ts";
import type { StandardStreams } from "../standard-streams.ts";

/** A result file that was checked to be writable. */
export type ResultFile = {
  /** Writes the whole text, once. */
  readonly write: (text: string) => Promise<void>;
  /** Releases the file if it was not written: the reader of a pipe then sees its end. */
  readonly close: () => void;
};

/** What result files need of the run: how it ends, and the outputs, which may be result files. */
export type ResultRun = Pick<Shutdown, "ended" | "left"> & { readonly streams: StandardStreams };
