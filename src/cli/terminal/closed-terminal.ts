import { closeSync } from "node:fs";
import { isatty } from "node:tty";
import { isTerminal } from "../is-terminal.ts";

/**
 * Lets this process end with its own code after its terminal was closed. Node gives a terminal its mode back at the end, and
 * aborts, with a core dump, where that one is gone; a descriptor that is closed it leaves alone.
 */
export function outliveTerminal(): void {
  const terminals = [0, 1, 2].filter(isTerminal);
  if (terminals.length === 0) return;
  process.on("exit", () => {
    for (const descriptor of terminals) {
      if (!isatty(descriptor)) closeSync(descriptor);
    }
  });
}
