let isWatched = false;

/**
 * The input of a terminal that may close at any time. Its error means no more than the end of input: what waits for an
 * answer does not get one.
 */
export function terminalInput(): NodeJS.ReadStream {
  const { stdin } = process;
  if (isWatched) return stdin;
  isWatched = true;
  let hasEnded = false;
  stdin.on("error", () => {
    if (hasEnded) return;
    hasEnded = true;
    // What hears of the end gives the terminal its mode back, which is an error again.
    setImmediate(() => stdin.emit("end"));
  });
  return stdin;
}
