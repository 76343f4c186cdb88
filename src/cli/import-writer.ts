import { existsSync, mkdirSync, readFileSync } from "node:fs";
import path from "node:path";
import type { Import, ImportRequest } from "../commands/import.ts";
import { unsetDefaults } from "../commands/unset-defaults.ts";
import type { LoadedConfig } from "../config/config.ts";
import { type AgentToWrite, newConfiguration, withAgents } from "../config/write-agents.ts";
import { askInTerminal } from "./ask-in-terminal.ts";
import { loadText } from "./open-config.ts";
import type { Session } from "./session.ts";
import { Interrupted } from "./stopper.ts";
import { Unusable } from "./unusable.ts";

/** The file that imported agents go into; `text` is undefined when it does not exist yet. */
export type ImportTarget = {
  readonly folder: string;
  readonly file: string;
  readonly text: string | undefined;
  readonly project: string;
  readonly environment: string;
};

/**
 * Writes imported agents into a configuration, and their prompts and schemas beside it. A file that is there
 * and says something else is only written over when a person says so; otherwise nothing is written at all.
 */
export function importWriter(session: Session, target: ImportTarget): ImportRequest["write"] {
  return async (imports) => {
    const text = await composed(target, imports);
    const beside = new Map(imports.flatMap(({ agent }) => [...agent.files]));
    if (!(await mayWriteOver(session, target.folder, beside))) return undefined;
    const { default: writeFileAtomic } = await import("write-file-atomic");
    const files = [...beside, [target.file, text] as const];
    for (const [name, content] of files) {
      const file = path.join(target.folder, name);
      mkdirSync(path.dirname(file), { recursive: true });
      await writeFileAtomic(file, content);
    }
    return files.map(([name]) => name);
  };
}

/** The configuration with the agents in it; twice, since only loading it tells what its defaults add. */
async function composed(target: ImportTarget, imports: readonly Import[]): Promise<string> {
  const { folder, file, text, project, environment } = target;
  const before = text ?? newConfiguration(project);
  const compose = (membersOf: (each: Import) => AgentToWrite["members"]) => {
    const agents = imports.map((each) => {
      const { key } = each.agent;
      return { key, members: membersOf(each), id: each.remote.id };
    });
    const written = withAgents(before, environment, agents);
    if (written !== undefined) return written;
    throw new Unusable(`the agents in ${file}`, "write `agents:` as a block, one key a line");
  };
  const plain = compose(({ agent }) => agent.members);
  const files = new Map<string, string>([
    [file, plain],
    ...imports.flatMap(({ agent }) => [...agent.files]),
  ]);
  const secrets = new Set(imports.flatMap(({ agent }) => agent.secrets));
  const loaded = await loadText(folder, file, files, secrets, environment);
  return compose(({ agent }) =>
    unsetDefaults(agent.members, agent.form, definitionOf(loaded, agent.key)),
  );
}

function definitionOf({ desired }: LoadedConfig, key: string) {
  const agent = desired.agents.find((each) => each.key === key);
  if (agent === undefined) throw new Error(`${key} was written and is not there`);
  return agent.definition;
}

async function mayWriteOver(
  session: Session,
  folder: string,
  files: ReadonlyMap<string, string>,
): Promise<boolean> {
  const { emit, stopper } = session;
  const others = [...files].filter(([name, content]) => {
    const file = path.join(folder, name);
    return existsSync(file) && readFileSync(file, "utf8") !== content;
  });
  for (const [name] of others) {
    const question = `\n${name} exists. Type yes to write over it: `;
    const answer = await askInTerminal(session, question);
    if (stopper.reason() !== undefined) throw new Interrupted();
    if (answer?.trim() === "yes") continue;
    for (const [each] of others) emit({ kind: "file_exists", path: each });
    return false;
  }
  return true;
}
