import type { BoundNote, ImportedNote, LeftOutNote } from "./imported-note.ts";
import type { Pin } from "./pin.ts";

/** What is written into the files of a project, and what is in the way of it. */
export type FileEvent =
  /** A first configuration was written to this file. */
  | { readonly kind: "started"; readonly file: string }
  /** Agents were written into files, with what a person has to know about each. */
  | {
      readonly kind: "imported";
      readonly agents: readonly ImportedNote[];
      readonly bound: readonly BoundNote[];
      readonly leftOut: readonly LeftOutNote[];
    }
  /** What the file has to say for the next apply to leave the aliases there. */
  | {
      readonly kind: "pinned";
      readonly pins: readonly Pin[];
      readonly environment: string;
      /** The pattern of the file that alone stands for the environment: then the pins have no place yet. */
      readonly pattern: string | undefined;
    }
  /** Files have no place for pins that should have been written; the pins are told all the same. */
  | { readonly kind: "pins_unwritable"; readonly paths: readonly string[] }
  /** The aliases moved, and then a file could not be written although it had passed every check. */
  | { readonly kind: "pins_unwritten"; readonly path: string; readonly reason: string }
  | { readonly kind: "file_written"; readonly path: string }
  /** A file that a command line names is not there. */
  | { readonly kind: "file_missing"; readonly path: string }
  | { readonly kind: "file_exists"; readonly path: string };
