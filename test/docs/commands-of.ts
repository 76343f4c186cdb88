import type { Item } from "./page.ts";

/** A command of a block. */
export type Command = {
  readonly text: string;
  /** What is shown below it; undefined where the block shows no output. */
  readonly output: readonly string[] | undefined;
  /** With which exit code it has to end; undefined where the output is what counts. */
  readonly status: number | undefined;
};

/** The commands of an item; none where it is neither a `sh` nor a `console` block. */
export function commandsIn(item: Item): readonly Command[] {
  if (item.kind === "aside") return [];
  if (item.info === "sh") return commandsOfScript(item.text);
  return item.info === "console" ? commandsOfSession(item.text) : [];
}

/**
 * The commands of a `sh` block, each of which has to succeed, or to end as a comment `# exit 3` behind it says.
 * A command goes on behind a backslash, and to the end of a here document.
 */
export function commandsOfScript(text: string): readonly Command[] {
  const commands: Command[] = [];
  const lines = text.split("\n");
  while (lines.length > 0) {
    let command = lines.shift() ?? "";
    while (command.endsWith("\\")) command += `\n${lines.shift() ?? ""}`;
    const marker = /<<'?(\w+)'?/.exec(command)?.[1];
    while (marker !== undefined && command.split("\n").at(-1) !== marker) {
      if (lines.length === 0) throw new Error(`no ${marker} ends ${command}`);
      command += `\n${lines.shift()}`;
    }
    if (/^\s*(#.*)?$/.test(command)) continue;
    const status = Number(/\s# exit (\d+)/.exec(command)?.[1] ?? 0);
    commands.push({ text: command, output: undefined, status });
  }
  return commands;
}

/** The commands of a `console` block: behind `$ `, going on behind `> `, and below each what it prints. */
export function commandsOfSession(text: string): readonly Command[] {
  const commands: { text: string; output: string[]; status: undefined }[] = [];
  for (const line of text.split("\n")) {
    const last = commands.at(-1);
    if (line.startsWith("$ ")) {
      commands.push({ text: line.slice(2), output: [], status: undefined });
    } else if (last === undefined) {
      throw new Error(`a console block begins with "$ ", not with ${JSON.stringify(line)}`);
    } else if (line.startsWith("> ") && last.output.length === 0) last.text += `\n${line.slice(2)}`;
    else last.output.push(line);
  }
  return commands;
}
