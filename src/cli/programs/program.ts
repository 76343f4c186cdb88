import { runCommandLine, type Stories } from "../run-command-line.ts";
import { openStandardStreams, printResult } from "../standard-streams.ts";

/** A bundle of the command: it knows every command line, and runs those whose stories it has. */
export type Program = {
  /** Runs a command line and gives its exit code. */
  readonly run: (args: readonly string[]) => Promise<number>;
  /** Prints a text and gives the exit code. */
  readonly print: (text: string) => Promise<number>;
};

/** The program of these stories. */
export function programOf(stories: Stories): Program {
  return {
    run: (args) => runCommandLine(args, openStandardStreams(), stories),
    print: (text) => printResult(openStandardStreams(), text),
  };
}
