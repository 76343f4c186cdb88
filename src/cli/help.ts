import { type CommandSpec, commandTable } from "./command-table.ts";
import type { Flag } from "./flags.ts";
import { version } from "./version.ts";

/** What `agentvane --help` prints, or `agentvane COMMAND --help`. */
export function helpText(name: string | undefined): string {
  const command = commandTable.find((each) => each.name === name);
  return command === undefined ? overviewText() : commandText(command);
}

function overviewText(): string {
  const widest = Math.max(...commandTable.map(({ name }) => name.length));
  const commands = commandTable.map(({ name, summary }) => `  ${name.padEnd(widest)}  ${summary}`);
  return [
    `agentvane ${version}: agents as code for Mistral's Agents API`,
    "",
    "Usage: agentvane COMMAND [FLAGS]",
    "",
    "Commands:",
    ...commands,
    "",
    "agentvane COMMAND --help tells more. The API key is read from MISTRAL_API_KEY.",
    "To try it without an account: agentvane init, then agentvane apply --local.",
    "",
  ].join("\n");
}

function commandText(command: CommandSpec): string {
  const flags = command.flags.map((flag) => [flagName(flag), flag.doc] as const);
  const widest = Math.max(...flags.map(([name]) => name.length));
  const shown = command.positionals === undefined ? "" : ` ${command.positionals.shown}`;
  return [
    `agentvane ${command.name}: ${command.summary}`,
    "",
    `Usage: agentvane ${command.name}${shown} [FLAGS]`,
    "",
    "Flags:",
    ...flags.map(([name, doc]) => `  ${name.padEnd(widest)}  ${doc}`),
    "",
    "Examples:",
    ...command.examples.map((example) => `  ${example}`),
    "",
  ].join("\n");
}

function flagName({ name, short, takes, placeholder }: Flag): string {
  const letters = short === undefined ? "    " : `-${short}, `;
  return `${letters}--${name}${takes === "switch" ? "" : ` ${placeholder}`}`;
}
