/**
 * The input of a terminal that may close at any time. Its error means no more than the end that follows it: what
 * waits for an answer does not get one.
 */
export function terminalInput(): NodeJS.ReadStream {
  const { stdin } = process;
  if (stdin.listenerCount("error", takeAsEnd) === 0) stdin.on("error", takeAsEnd);
  return stdin;
}

function takeAsEnd(this: NodeJS.ReadStream): void {
  this.emit("end");
}
