import type { ApiFailure } from "../agent/api-error.ts";
import type { StopReason } from "../apply/event.ts";

/** Events that every run may end with: about its command line, this machine, the network, a bug. */
export type SessionEvent =
  /** The command line is not valid; cli writes the text, because only cli knows its flags. */
  | { readonly kind: "usage_error"; readonly problem: string; readonly hint: string }
  /** A problem of this machine: a file that cannot be written, a port in use. */
  | { readonly kind: "machine_error"; readonly what: string; readonly reason: string }
  /** A result file that the run also reads, or that is named twice: writing it would destroy the other one. */
  | { readonly kind: "file_protected"; readonly what: string; readonly why: string }
  /** Standard output could not be written, as on a full disk. A reader that closes it early is no error. */
  | {
      readonly kind: "output_failed";
      readonly reason: string;
      /** Whether the command exists for its output, or the output only describes what it did. */
      readonly product: "output" | "effect";
    }
  /** The report could not be written at the end. It does not change the result of the run. */
  | { readonly kind: "report_unwritten"; readonly path: string; readonly reason: string }
  /** Stopped from outside before anything was written. */
  | { readonly kind: "interrupted"; readonly by: StopReason }
  /** A request failed before anything was written. */
  | { readonly kind: "read_failed"; readonly failure: ApiFailure }
  /** A bug, reported with its stack. */
  | { readonly kind: "crashed"; readonly message: string; readonly stack: string };
