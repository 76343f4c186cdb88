/**
 * Ends the process when something is thrown that nothing catches. Node would print the line of the bundle where it happened,
 * which is thousands of characters; here the names of the functions say where. The message is left out: at this point nothing
 * masks the secrets that it may hold.
 */
export function endOnCrash(): void {
  process.on("uncaughtException", (error: unknown) => {
    const { name, stack = "" } = error instanceof Error ? error : new Error("not an error");
    const frames = stack.split("\n").filter((line) => /^ {4}at /.test(line));
    const lines = [
      "This is a mistake in agentvane. Please report it with these lines:",
      name,
      ...frames,
    ];
    process.stderr.write(`${lines.join("\n")}\n`, () => process.exit(1));
  });
}
