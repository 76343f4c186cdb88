let isWatched = false;

/**
 * The input of a terminal that may close at any time. An error of it counts as the end of input: a pending question
 * gets no answer.
 */
export function terminalInput(): NodeJS.ReadStream {
  const { stdin } = process;
  if (isWatched) return stdin;
  isWatched = true;
  let hasEnded = false;
  stdin.on("error", () => {
    if (hasEnded) return;
    hasEnded = true;
    // Listeners of `end` restore the mode of the terminal, which fails again.
    setImmediate(() => stdin.emit("end"));
  });
  return stdin;
}
