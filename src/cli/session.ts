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

/** One run of one command: where its events go, and what comes of them. */
export type Session = {
  readonly invocation: Invocation;
  readonly shutdown: Shutdown;
  readonly streams: StandardStreams;
  readonly emit: Emit;
  /** From here on these texts are masked in all output. */
  readonly addMaskTerms: (terms: MaskTerms) => void;
  readonly mask: () => Mask;
  readonly weakSecrets: () => readonly WeakSecret[];
  /** For what is drawn on the terminal. */
  readonly viewing: Viewing;
  /** Notes that a request was answered. */
  readonly noteAnswer: () => void;
  /** The files that the command line names for results. */
  readonly results: ResultFiles;
};

/** For commands that make no plan. */
export const noPlanTexts: PlanTexts = {
  planText: () => [],
  driftText: () => [],
  changesText: () => [],
};

/** What a command does, and how it tells of plans if it makes any. */
export type Story = {
  /** Tells what happens through the session and throws what it cannot tell. */
  readonly run: (session: Session) => Promise<void>;
  readonly texts: PlanTexts;
};
