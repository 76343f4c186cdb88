import { closeSync } from "node:fs";
import { isatty } from "node:tty";
import { isTerminal } from "../is-terminal.ts";

/**
 * Lets this process end with its own exit code after its terminal was closed. At exit Node restores the mode of
 * terminals and aborts, with a core dump, if the terminal no longer exists. It skips closed descriptors.
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
