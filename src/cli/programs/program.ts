import { runCommandLine, type Stories } from "../run-command-line.ts";
import { openStandardStreams, printResult } from "../standard-streams.ts";

/** A bundle of the command. It can parse every command line, and runs the commands whose stories it contains. */
export type Program = {
  /** Runs a command line; gives its exit code. */
  readonly run: (args: readonly string[]) => Promise<number>;
  /** Prints a text; gives the exit code. */
  readonly print: (text: string) => Promise<number>;
};

/** A program with these stories. */
export function programOf(stories: Stories): Program {
  return {
    run: (args) => runCommandLine(args, openStandardStreams(), stories),
    print: (text) => printResult(openStandardStreams(), text),
  };
}
