import { createInterface } from "node:readline";
import type { Stopper } from "./stopper.ts";

/** Whether there is a person to ask: both sides of the conversation are a terminal. */
export function canAsk(): boolean {
  return process.stdin.isTTY === true && process.stderr.isTTY === true;
}

/**
 * One line from the terminal; undefined without one. The end of input and of the run, and Ctrl-C, are an empty answer.
 * The time that a person takes does not count as the run's.
 */
export async function askInTerminal(
  question: string,
  { ended, untimed }: Pick<Stopper, "ended" | "untimed">,
): Promise<string | undefined> {
  if (!canAsk() || ended.aborted) return undefined;
  // A display that was there before lets go of the input, and a run that waits for nothing ends.
  process.stdin.ref();
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  const end = () => lines.close();
  ended.addEventListener("abort", end, { once: true });
  const answer = await untimed(
    () =>
      new Promise<string>((resolve) => {
        lines.on("SIGINT", () => {
          process.emit("SIGINT");
          lines.close();
        });
        lines.on("close", () => resolve(""));
        lines.question(question, (given) => {
          resolve(given);
          lines.close();
        });
      }),
  );
  ended.removeEventListener("abort", end);
  return answer;
}
