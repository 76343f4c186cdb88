// Makes the help texts once, so that a run that prints one needs neither the command table nor a wrapping of lines.
import { loadSource } from "./load-source.mjs";

/** Every help text by the name of its command; that of all commands by an empty one. */
export async function helpTexts(root, define) {
  const { helpText } = await loadSource(root, "src/cli/args/help.ts", define);
  const { commandTable } = await loadSource(root, "src/cli/args/command-table.ts", define);
  return Object.fromEntries([
    ["", helpText(undefined)],
    ...commandTable.map((command) => [command.name, helpText(command)]),
  ]);
}
