import type { BoundNote, ImportedNote, LeftOutNote } from "./imported-note.ts";
import type { Pin } from "./pin.ts";

/** Events of writing the files of a project. */
export type FileEvent =
  /** A first configuration was written to this file. */
  | { readonly kind: "started"; readonly file: string }
  /** Agents were written to files, with notes for the user. */
  | {
      readonly kind: "imported";
      readonly agents: readonly ImportedNote[];
      readonly bound: readonly BoundNote[];
      readonly leftOut: readonly LeftOutNote[];
    }
  /** The pins that keep the next apply from moving the aliases. */
  | {
      readonly kind: "pinned";
      readonly pins: readonly Pin[];
      readonly environment: string;
      /** The pattern that alone matches the environment in the file: then the pins have no place yet. */
      readonly pattern: string | undefined;
    }
  /** Files have no place for pins that should have been written; the pins are printed anyway. */
  | { readonly kind: "pins_unwritable"; readonly paths: readonly string[] }
  /** The aliases moved, and then a file could not be written although it had been checked. */
  | { readonly kind: "pins_unwritten"; readonly path: string; readonly reason: string }
  | { readonly kind: "file_written"; readonly path: string }
  /** A file that the command line names does not exist. */
  | { readonly kind: "file_missing"; readonly path: string }
  | { readonly kind: "file_exists"; readonly path: string };
