import { createInterface } from "node:readline";
import { isTerminal } from "../is-terminal.ts";
import type { Session } from "../session.ts";
import { isJob } from "./is-job.ts";
import { terminalInput } from "./terminal-input.ts";

/**
 * Whether there is a person to ask: both sides of the conversation are a terminal, and it is none that a job was
 * given, in which nobody sits.
 */
export function canAsk(): boolean {
  return isTerminal(0) && isTerminal(2) && !isJob();
}

/**
 * One line from the terminal; undefined without one. The end of input and of the run, Ctrl-C, and a question that cannot be
 * seen are an empty answer. `history` is what the arrow keys bring back, the newest first. The time that a person takes does not count as the run's.
 */
export async function askInTerminal(
  { shutdown, viewing: { ended } }: Pick<Session, "shutdown" | "viewing">,
  question: string,
  history: readonly string[] = [],
): Promise<string | undefined> {
  if (!canAsk() || shutdown.reason() !== undefined) return undefined;
  if (ended.aborted) return "";
  const input = terminalInput();
  // A display that was there before lets go of the input, and a run that waits for nothing ends.
  input.ref();
  const lines = createInterface({
    input,
    output: process.stderr,
    history: [...history],
    historySize: 1_000,
  });
  const end = () => lines.close();
  ended.addEventListener("abort", end, { once: true });
  const answer = await shutdown.untimed(
    () =>
      new Promise<string>((resolve) => {
        lines.on("SIGINT", () => {
          process.emit("SIGINT");
          lines.close();
        });
        // It passes on the errors of its input, whose end follows them.
        lines.on("error", () => {});
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
