import type { ExitCode } from "../../report/exit-code.ts";
import type { JsonKind } from "../../report/json/kind.ts";
import type { Flag } from "./flags.ts";
import type { Positionals } from "./placeholder.ts";

/** A command as the parser, the help and the documentation know it. */
export type CommandSpec = {
  readonly name: string;
  readonly summary: string;
  /** In two or three sentences: what it reads, what it writes, what it never does. */
  readonly about: string;
  /** How positional arguments are shown, and how many there may be. */
  readonly positionals?: { readonly shown: Positionals; readonly most: number };
  readonly flags: readonly Flag[];
  /** Whether its output is all it is for, so that it fails where that cannot be written, or only tells what it did. */
  readonly product: "output" | "effect";
  /** What its JSON document is, also when it fails; its Markdown and HTML follow from it. */
  readonly document: JsonKind;
  /** Whether it runs until it is stopped, so that no time-out ends it. */
  readonly isEndless?: true;
  /** The exit codes it may end with; 64, 129, 130 and 143 are those of every command. */
  readonly exits: readonly ExitCode[];
  readonly examples: readonly string[];
};
