import type { Json } from "../agent/json.ts";
import type { Clock } from "../agent/ports.ts";
import type { CiFiles } from "./command-line.ts";
import type { CommentTexts } from "./comment-texts.ts";
import type { Send } from "./forge-call.ts";
import type { CiNotice, UnwrittenResult } from "./notice.ts";
import type { Outputs } from "./outputs.ts";
import type { EnvironmentVariables } from "./variables.ts";

/** How the command ended: its exit code and its stdout, or why it could not be started. */
export type CommandEnd =
  | { readonly kind: "ended"; readonly code: number; readonly out: string }
  | { readonly kind: "not_started"; readonly reason: string };

/** Runs agentvane with these arguments, in the working directory and environment of the job. */
export type RunCommand = (args: readonly string[]) => Promise<CommandEnd>;

/** The results for the forge and for later steps; an empty text is not written. */
export type Results = {
  readonly markdown: string;
  readonly summary: string;
  /** Called after the other files are written, because outputs name only files that exist. */
  readonly outputs: () => Outputs;
};

/** What a CI job gets from outside. */
export type CiWorld = {
  readonly variables: EnvironmentVariables;
  readonly event: Json | undefined;
  readonly files: CiFiles;
  readonly read: (file: string) => string | undefined;
  /** Whether the path is a folder. */
  readonly isFolder: (file: string) => boolean;
  readonly remove: (file: string) => void;
  /** The absolute form of a path. */
  readonly absolute: (file: string) => string;
  /** Runs agentvane; its stderr goes to the log at once. */
  readonly run: (
    args: readonly string[],
    options: { readonly folder: string; readonly variables: EnvironmentVariables },
  ) => Promise<CommandEnd>;
  readonly log: CiLog;
  /** Writes the results of the job. If one file cannot be written, the others still are. */
  readonly writeResults: (results: Results) => readonly UnwrittenResult[];
  readonly send: Send;
  readonly clock: Clock;
  readonly texts: CommentTexts;
};

/** The log of the job. */
export type CiLog = {
  readonly notice: (notice: CiNotice) => void;
  /** Writes a text from outside so that the runner obeys no instruction in it; folded if the forge can do that. */
  readonly foreign: (text: string, foldedUnder?: string) => void;
};
