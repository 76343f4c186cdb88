import type { WeakSecret } from "../agent/secret-text.ts";
import type { Emit } from "../commands/event.ts";
import type { MaskTerms } from "../config/mask-terms.ts";
import type { Mask } from "../mask/mask.ts";
import type { PlanTexts } from "../report/text/event.ts";
import type { Invocation } from "./args/invocation.ts";
import type { ResultFiles } from "./files/result-files.ts";
import type { Shutdown } from "./shutdown.ts";
import type { StandardStreams } from "./standard-streams.ts";
import type { Viewing } from "./viewing.ts";

/** One run of one command: its command line, its events and its outputs. */
export type Session = {
  readonly invocation: Invocation;
  readonly shutdown: Shutdown;
  readonly streams: StandardStreams;
  readonly emit: Emit;
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

/** For commands without a plan. */
export const noPlanTexts: PlanTexts = {
  planText: () => [],
  driftText: () => [],
  changesText: () => [],
};

/** What a command does, and its texts about plans, if it makes any. */
export type Story = {
  /** Reports what happens as events of the session; throws errors that no event describes. */
  readonly run: (session: Session) => Promise<void>;
  readonly texts: PlanTexts;
};
