/** A line of a job's log that GitHub's runner obeyed instead of showing. */
export type Obeyed = {
  readonly command: string;
  readonly properties: Readonly<Record<string, string>>;
  readonly data: string;
};

const known = new Set(
  "add-mask add-matcher add-path debug echo endgroup error group notice remove-matcher save-state set-env set-output warning".split(
    " ",
  ),
);

/**
 * What GitHub's runner would obey in a log: `::name key=value::data` at the beginning of a line, after any blanks,
 * and `##[name key=value]data` anywhere in it; nothing between `::stop-commands::word` and `::word::`.
 */
export function obeyed(log: string): readonly Obeyed[] {
  const found: Obeyed[] = [];
  let resumeWith: string | undefined;
  for (const line of log.split(/\r\n|\r|\n/)) {
    const command = modern(line) ?? old(line);
    if (command === undefined) continue;
    if (resumeWith !== undefined) {
      if (command.command.toLowerCase() === resumeWith.toLowerCase()) resumeWith = undefined;
    } else if (command.command === "stop-commands") resumeWith = command.data;
    else if (known.has(command.command.toLowerCase())) found.push(command);
  }
  return found;
}

function modern(line: string): Obeyed | undefined {
  const match = /^\s*::([^ :]*(?::[^:]+)*)(?: (.*?))?::(.*)$/s.exec(line);
  if (match === null) return undefined;
  const [, command = "", properties = "", data = ""] = match;
  return { command, properties: read(properties, ","), data: unescaped(data) };
}

function old(line: string): Obeyed | undefined {
  const match = /##\[([^ \]]*)(?: ([^\]]*))?\](.*)$/s.exec(line);
  if (match === null) return undefined;
  const [, command = "", properties = "", data = ""] = match;
  return { command, properties: read(properties, ";"), data: unescaped(data) };
}

function read(properties: string, separator: string): Record<string, string> {
  const pairs = properties.split(separator).flatMap((pair) => {
    const at = pair.indexOf("=");
    return at < 0 ? [] : [[pair.slice(0, at).trim(), unescaped(pair.slice(at + 1), true)] as const];
  });
  return Object.fromEntries(pairs);
}

function unescaped(text: string, isProperty = false): string {
  const data = text.replaceAll("%0D", "\r").replaceAll("%0A", "\n");
  const whole = isProperty ? data.replaceAll("%3A", ":").replaceAll("%2C", ",") : data;
  return whole.replaceAll("%25", "%");
}

/** The outputs in a file that GITHUB_OUTPUT names, as the runner reads them; throws where it would fail the job. */
export function readOutputs(text: string): Readonly<Record<string, string>> {
  const outputs: Record<string, string> = {};
  const lines = text.split("\n");
  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at] ?? "";
    if (line === "") continue;
    const [, name = "", delimiter] = /^([^=<]+)<<(.+)$/.exec(line) ?? [];
    if (delimiter === undefined) {
      const [, plain = "", value] = /^([^=]+)=(.*)$/.exec(line) ?? [];
      if (value === undefined) throw new Error(`not an output: ${line}`);
      outputs[plain] = value;
      continue;
    }
    const end = lines.indexOf(delimiter, at + 1);
    if (end < 0) throw new Error(`${name} never ends`);
    outputs[name] = lines.slice(at + 1, end).join("\n");
    at = end;
  }
  return outputs;
}
