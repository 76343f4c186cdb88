import { createInterface } from "node:readline";
import { isTerminal } from "../is-terminal.ts";
import type { Session } from "../session.ts";
import { isJob } from "./is-job.ts";
import { terminalInput } from "./terminal-input.ts";

/**
 * Whether questions can be asked: input and output are terminals, and this is not a CI job, which may have a terminal
 * without a user.
 */
export function canAsk(): boolean {
  return isTerminal(0) && isTerminal(2) && !isJob();
}

/**
 * Reads one line from the terminal; undefined without a terminal. The end of input or of the run, Ctrl-C, and a
 * question that cannot be shown count as an empty answer. The arrow keys bring back `history`, newest first. The user's
 * time does not count towards the run's time-out.
 */
export async function askInTerminal(
  { shutdown, viewing: { ended } }: Pick<Session, "shutdown" | "viewing">,
  question: string,
  history: readonly string[] = [],
): Promise<string | undefined> {
  if (!canAsk() || shutdown.reason() !== undefined) return undefined;
  if (ended.aborted) return "";
  const input = terminalInput();
  // An earlier display has released the input, and a process without pending work would end.
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
        // It repeats the errors of its input, which are followed by the end of input.
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
