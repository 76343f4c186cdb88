import { version } from "./version.ts";

/**
 * Runs a command line and gives its exit code. What this file needs at the start is all that `--version`
 * needs; everything else is loaded when it is used.
 */
export async function main(args: readonly string[]): Promise<number> {
  leaveQuietlyWhenNobodyReads();
  const [first] = args;
  if (first === "--version" || first === "version") {
    process.stdout.write(`${version}\n`);
    return 0;
  }
  const { runCommandLine } = await import("./run-command-line.ts");
  return runCommandLine(args);
}

/** `agentvane plan | head` closes the pipe early; that is no error of ours. */
function leaveQuietlyWhenNobodyReads(): void {
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code === "EPIPE") process.exit(0);
    throw error;
  });
}
