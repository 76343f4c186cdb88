import { openStandardStreams, printResult } from "./standard-streams.ts";
import { version } from "./version.ts";

/**
 * Runs a command line and gives its exit code, once its output is written or lost. What this file needs at the start is all
 * that `--version` needs; everything else is loaded when it is used.
 */
export async function main(args: readonly string[]): Promise<number> {
  const streams = openStandardStreams();
  const [first] = args;
  if (first === "--version" || first === "version") return printResult(streams, `${version}\n`);
  const { runCommandLine } = await import("./run-command-line.ts");
  return runCommandLine(args, streams);
}
