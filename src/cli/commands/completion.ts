import path from "node:path";
import { writtenNames } from "../../config/written-names.ts";
import { commandTable } from "../args/command-table.ts";
import { choiceFlag } from "../args/flag-values.ts";
import { type Invocation, seeHelp, UsageError } from "../args/invocation.ts";
import { type NameList, nameLists } from "../args/placeholder.ts";
import { bashCompletion } from "../completion/bash.ts";
import { fishCompletion } from "../completion/fish.ts";
import { zshCompletion } from "../completion/zsh.ts";
import { diskSources } from "../files/disk-sources.ts";
import type { Session } from "../session.ts";

const shells = { bash: bashCompletion, zsh: zshCompletion, fish: fishCompletion };

/** `agentvane completion bash|zsh|fish` prints the script; with `--list`, the names that the script asks for. */
export async function run({ invocation, streams }: Session): Promise<void> {
  if (invocation.value("list") !== undefined) {
    const list = choiceFlag(invocation, "list", nameLists, "keys");
    const names = await namesIn(invocation.value("file") ?? "agents.yaml", list);
    streams.out.write(names.map((name) => `${name}\n`).join(""));
    return;
  }
  streams.out.write(scriptFor(invocation)(commandTable));
}

function scriptFor(invocation: Invocation) {
  const [name] = invocation.positionals;
  const script = Object.entries(shells).find(([shell]) => shell === name)?.[1];
  if (script !== undefined) return script;
  const names = Object.keys(shells).join(", ");
  throw new UsageError(
    name === undefined
      ? `completion needs a shell: one of ${names}`
      : `unknown shell "${name}": expected one of ${names}`,
    seeHelp(invocation.command),
  );
}

/** Empty if the file cannot be read: an error message would disturb the line that is being typed. */
async function namesIn(file: string, list: NameList): Promise<readonly string[]> {
  const name = path.basename(file);
  try {
    return writtenNames(name, await diskSources(path.dirname(path.resolve(file)), name))[list];
  } catch {
    return [];
  }
}
