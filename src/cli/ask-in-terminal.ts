import { createInterface } from "node:readline";

/** Whether there is a person to ask: both sides of the conversation are a terminal. */
export function canAsk(): boolean {
  return process.stdin.isTTY === true && process.stderr.isTTY === true;
}

/** One line from the terminal; undefined without one. The end of input, and Ctrl-C, are an empty answer. */
export async function askInTerminal(question: string): Promise<string | undefined> {
  if (!canAsk()) return undefined;
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  return new Promise((resolve) => {
    lines.on("SIGINT", () => {
      process.emit("SIGINT");
      lines.close();
    });
    lines.on("close", () => resolve(""));
    lines.question(question, (answer) => {
      resolve(answer);
      lines.close();
    });
  });
}
