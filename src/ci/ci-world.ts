import type { Json } from "../agent/json.ts";
import type { Clock } from "../agent/ports.ts";
import type { CiFiles } from "./command-line.ts";
import type { CommentTexts } from "./comment-texts.ts";
import type { Send } from "./forge-call.ts";
import type { CiNotice, UnwrittenResult } from "./notice.ts";
import type { Outputs } from "./outputs.ts";
import type { EnvironmentVariables } from "./variables.ts";

/** How the command ended: its code and what it wrote to stdout, or why it could not be started. */
export type CommandEnd =
  | { readonly kind: "ended"; readonly code: number; readonly out: string }
  | { readonly kind: "not_started"; readonly reason: string };

/** Runs agentvane with these arguments, where and with what the job says. */
export type RunCommand = (args: readonly string[]) => Promise<CommandEnd>;

/** What a job hands to its forge and to later steps; an empty text is not written. */
export type Results = {
  readonly markdown: string;
  readonly summary: string;
  /** Takes them when the other files are written, since it names only files that exist. */
  readonly outputs: () => Outputs;
};

/** What a CI job is handed of the world. */
export type CiWorld = {
  readonly variables: EnvironmentVariables;
  readonly event: Json | undefined;
  readonly files: CiFiles;
  readonly read: (file: string) => string | undefined;
  /** Whether the path leads to a folder. */
  readonly isFolder: (file: string) => boolean;
  readonly remove: (file: string) => void;
  /** A path as it is from every folder. */
  readonly absolute: (file: string) => string;
  /** Runs agentvane; what it says on stderr goes to the log at once. */
  readonly run: (
    args: readonly string[],
    options: { readonly folder: string; readonly variables: EnvironmentVariables },
  ) => Promise<CommandEnd>;
  readonly log: CiLog;
  /** Writes what the job hands on. A file that cannot be written keeps none of the others from being written. */
  readonly writeResults: (results: Results) => readonly UnwrittenResult[];
  readonly send: Send;
  readonly clock: Clock;
  readonly texts: CommentTexts;
};

/** The log of the job. */
export type CiLog = {
  readonly notice: (notice: CiNotice) => void;
  /** A text from elsewhere, in which nothing is an instruction to the runner; folded away where it can be. */
  readonly foreign: (text: string, foldedUnder?: string) => void;
};
