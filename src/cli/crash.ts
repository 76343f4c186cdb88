/**
 * Ends the process on an uncaught error. Node would print the line of the bundle where it happened, which has thousands
 * of characters; we print the names of the functions. The message is left out, because secrets in it could not be
 * masked here.
 */
export function endOnCrash(): void {
  process.on("uncaughtException", (error: unknown) => {
    const { name, stack = "" } = error instanceof Error ? error : new Error("not an error");
    const frames = stack.split("\n").filter((line) => /^ {4}at /.test(line));
    const lines = [
      "This is a bug in agentvane. Please report it with these lines:",
      name,
      ...frames,
    ];
    process.stderr.write(`${lines.join("\n")}\n`, () => process.exit(1));
  });
}
