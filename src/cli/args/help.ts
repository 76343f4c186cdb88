import { exitMeanings } from "../../report/exit-meanings.ts";
import { version } from "../version.ts";
import type { CommandSpec } from "./command-spec.ts";
import { commandTable } from "./command-table.ts";
import { environmentTable } from "./environment-table.ts";
import { type Flag, flagGroups } from "./flags.ts";
import { wrapped } from "./wrap.ts";

/** Every terminal has at least this width, and mails and pages are not wider. */
const columns = 80;

/** The output of `agentvane --help` or `agentvane COMMAND --help`, wrapped for a terminal. */
export function helpText(command: CommandSpec | undefined): string {
  const lines = command === undefined ? overview() : commandHelp(command);
  return `${lines.join("\n")}\n`;
}

/** The usage line of a command, such as `agentvane show [KEY] [FLAGS]`. */
export function usageOf({ name, positionals }: CommandSpec): string {
  const shown = positionals === undefined ? "" : ` ${positionals.shown}`;
  return `agentvane ${name}${shown} [FLAGS]`;
}

/** The flags of a command under their titles, its own flags first. */
export function groupedFlags({ flags }: CommandSpec): readonly (readonly [string, Flag[]])[] {
  const titles = ["Flags", ...flagGroups.map(({ title }) => title)];
  return titles
    .map((title) => [title, flags.filter((flag) => titleOf(flag) === title)] as const)
    .filter(([, group]) => group.length > 0);
}

/** The environment variables that a command reads. */
export function variablesOf({ flags }: CommandSpec) {
  return environmentTable.filter(({ readWith }) => flags.some(({ name }) => name === readWith));
}

/** A flag with its value placeholder, if it takes a value. */
export function flagForm({ name, short, takes, placeholder }: Flag): string {
  const letter = short === undefined ? "" : `-${short}, `;
  return `${letter}--${name}${takes === "switch" ? "" : ` ${placeholder}`}`;
}

function titleOf(flag: Flag): string {
  const group = flagGroups.find(({ flags }) => flags.some(({ name }) => name === flag.name));
  return group?.title ?? "Flags";
}

function overview(): readonly string[] {
  return [
    `agentvane ${version}: agents as code for Mistral's Agents API`,
    "",
    "Usage: agentvane COMMAND [FLAGS]",
    "",
    "Commands:",
    ...pairs(commandTable.map(({ name, summary }) => [name, summary])),
    "",
    ...wrapped(
      "agentvane help COMMAND, or COMMAND --help, tells more. The API key is read from MISTRAL_API_KEY. To try it without an account: agentvane init, then agentvane apply --local.",
      columns,
    ),
  ];
}

function commandHelp(command: CommandSpec): readonly string[] {
  const { name, summary, about, exits, examples } = command;
  const groups = groupedFlags(command);
  const widest = Math.max(...command.flags.map((flag) => indentedForm(flag).length));
  return [
    `agentvane ${name}: ${summary}`,
    "",
    `Usage: ${usageOf(command)}`,
    "",
    ...wrapped(about, columns),
    ...groups.flatMap(([title, flags]) => [
      "",
      `${title}:`,
      ...pairs(
        flags.map((flag) => [indentedForm(flag), flag.doc]),
        widest,
      ),
    ]),
    ...section(
      "Environment",
      variablesOf(command).map((each) => [each.name, each.doc]),
    ),
    ...section(
      "Exit codes",
      exits.map((code) => [String(code), exitMeanings[code].brief]),
    ),
    "",
    "Examples:",
    ...examples.map((example) => `  ${example}`),
  ];
}

/** Long names are aligned, with or without a letter. */
function indentedForm(flag: Flag): string {
  return `${flag.short === undefined ? "    " : ""}${flagForm(flag)}`;
}

function section(title: string, rows: readonly (readonly [string, string])[]): readonly string[] {
  return rows.length === 0 ? [] : ["", `${title}:`, ...pairs(rows)];
}

/** Two columns, the second one wrapped; the first one has at least this width. */
function pairs(rows: readonly (readonly [string, string])[], least = 0): readonly string[] {
  const widest = Math.max(least, ...rows.map(([left]) => left.length));
  const margin = " ".repeat(widest + 4);
  return rows.flatMap(([left, right]) =>
    wrapped(right, columns - margin.length).map((line, at) =>
      at === 0 ? `  ${left.padEnd(widest)}  ${line}` : margin + line,
    ),
  );
}
