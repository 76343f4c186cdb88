import type { ExitCode } from "../../report/exit-code.ts";
import type { JsonKind } from "../../report/json/kind.ts";
import type { Flag } from "./flags.ts";
import type { Positionals } from "./placeholder.ts";

/** A command, for the parser, the help and the documentation. */
export type CommandSpec = {
  readonly name: string;
  readonly summary: string;
  /** Two or three sentences: what it reads, what it writes, what it never does. */
  readonly about: string;
  /** The positional arguments in the usage line, and their maximum number. */
  readonly positionals?: { readonly shown: Positionals; readonly most: number };
  readonly flags: readonly Flag[];
  /**
   * `output`: the command exists for its output and fails if that cannot be written. `effect`: the output only
   * describes what it did.
   */
  readonly product: "output" | "effect";
  /** The kind of its JSON document, also on failure; Markdown and HTML depend on it. */
  readonly document: JsonKind;
  /** Whether it runs until it is stopped, without a time-out. */
  readonly isEndless?: true;
  /** Its exit codes; every command also has 64, 129, 130 and 143. */
  readonly exits: readonly ExitCode[];
  readonly examples: readonly string[];
};
