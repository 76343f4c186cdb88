import type { ApiFailure } from "../agent/api-error.ts";
import type { StopReason } from "../apply/event.ts";

/** What every run may end with: its command line, this machine, the network, a mistake of ours. */
export type SessionEvent =
  /** The command line cannot be understood; cli words it, since only cli knows its flags. */
  | { readonly kind: "usage_error"; readonly problem: string; readonly hint: string }
  /** Something of this machine is in the way: a file that cannot be written, a port that is taken. */
  | { readonly kind: "machine_error"; readonly what: string; readonly reason: string }
  /** A file for a result is one that the run reads, or names twice: writing it would destroy the other. */
  | { readonly kind: "file_protected"; readonly what: string; readonly why: string }
  /** Standard output took no more, as on a full disk; who only reads along may leave without this. */
  | {
      readonly kind: "output_failed";
      readonly reason: string;
      /** Whether the output is all that the command is for, or only tells what it did. */
      readonly product: "output" | "effect";
    }
  /** The report could not be written when the run was over. Tells, and changes nothing about how the run ended. */
  | { readonly kind: "report_unwritten"; readonly path: string; readonly reason: string }
  /** Ended from outside before anything was written. */
  | { readonly kind: "interrupted"; readonly by: StopReason }
  /** A request failed before anything was written. */
  | { readonly kind: "read_failed"; readonly failure: ApiFailure }
  /** A mistake of ours, to be reported with its stack. */
  | { readonly kind: "crashed"; readonly message: string; readonly stack: string };
