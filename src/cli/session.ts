import type { WeakSecret } from "../agent/secret-text.ts";
import type { Emit, RunEvent } from "../commands/event.ts";
import type { MaskTerms } from "../config/mask-terms.ts";
import type { Mask } from "../mask/mask.ts";
import type { Invocation } from "./args/invocation.ts";
import type { ResultFiles } from "./files/result-files.ts";
import type { Shutdown } from "./shutdown.ts";
import type { StandardStreams } from "./standard-streams.ts";
import type { Viewing } from "./viewing.ts";

/** One run of one command: its command line, its events and its outputs. `Event` is what it may emit. */
export type Session<Event extends RunEvent = RunEvent> = {
  readonly invocation: Invocation;
  readonly shutdown: Shutdown;
  readonly streams: StandardStreams;
  readonly emit: Emit<Event>;
  /** Masks these texts in all output from now on. */
  readonly addMaskTerms: (terms: MaskTerms) => void;
  readonly mask: () => Mask;
  readonly weakSecrets: () => readonly WeakSecret[];
  /** For displays in the terminal. */
  readonly viewing: Viewing;
  /** Counts an answered request. */
  readonly noteAnswer: () => void;
  /** The result files that the command line names. */
  readonly results: ResultFiles;
};

/** What a command does. It emits events through the session, and throws errors that no event describes. */
export type Story<Event extends RunEvent = RunEvent> = (session: Session<Event>) => Promise<void>;
