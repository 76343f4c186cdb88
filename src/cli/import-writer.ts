import { existsSync, mkdirSync, readFileSync, realpathSync, statSync } from "node:fs";
import path from "node:path";
import type { Import, ImportRequest } from "../commands/import.ts";
import { unsetDefaults } from "../commands/unset-defaults.ts";
import type { LoadedConfig } from "../config/config.ts";
import { type AgentToWrite, newConfiguration, withAgents } from "../config/write-agents.ts";
import { askInTerminal } from "./ask-in-terminal.ts";
import { isInside } from "./disk-sources.ts";
import { variableFlags } from "./flag-values.ts";
import { loadText } from "./open-config.ts";
import { openResultFile, targetOfResult } from "./open-result-file.ts";
import type { ResultFile } from "./result-file.ts";
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
    const text = await composed(target, imports, variableFlags(session.invocation));
    const beside = new Map(imports.flatMap(({ agent }) => [...agent.files]));
    if (!(await mayWriteOver(session, target.folder, beside))) return undefined;
    const files = [...beside, [target.file, text] as const];
    const proved = await Promise.all(
      files.map(async ([name, content]) => ({
        content,
        file: await openInside(session, target.folder, name),
      })),
    );
    for (const { file, content } of proved) await file.write(content);
    return files.map(([name]) => name);
  };
}

/** Proves that a file of the project can be written, and makes the folders that lead to it. */
async function openInside(
  { stopper, streams }: Session,
  folder: string,
  name: string,
): Promise<ResultFile> {
  const file = path.join(folder, name);
  makeFolderInside(folder, name);
  const target = targetOfResult("the file", file);
  if (target.kind === "file" && isInside(realpathSync.native(folder), target.path)) {
    return openResultFile("the file", file, target, { ...stopper, streams });
  }
  throw new Unusable(`the file ${file}`, "is not a regular file inside the project");
}

/** Makes the folders of a file one by one, so that none is made behind a link that leads out of the project. */
function makeFolderInside(folder: string, name: string): void {
  const root = realpathSync.native(folder);
  let made = root;
  for (const step of path.dirname(name).split("/")) {
    made = path.join(made, step);
    if (!existsSync(made)) mkdirSync(made);
    if (isInside(root, realpathSync.native(made))) continue;
    throw new Unusable(`the folder ${made}`, "is a link that leads out of the project");
  }
}

/** The configuration with the agents in it; twice, since only loading it tells what its defaults add. */
async function composed(
  target: ImportTarget,
  imports: readonly Import[],
  vars: ReadonlyMap<string, string>,
): Promise<string> {
  const { folder, file, text, project, environment } = target;
  const before = text ?? newConfiguration(project);
  const compose = (membersOf: (each: Import) => AgentToWrite["members"]) => {
    const agents = imports.map((each) => {
      const { key } = each.agent;
      return { key, members: membersOf(each), id: each.remote.id };
    });
    const written = withAgents(before, environment, agents);
    if (written !== undefined) return written;
    throw new Unusable(
      `the agents in ${file}`,
      "cannot be added without changing what else stands there. Write `agents:` as a block, one key a line.",
    );
  };
  const plain = compose(({ agent }) => agent.members);
  const files = new Map<string, string>([
    [file, plain],
    ...imports.flatMap(({ agent }) => [...agent.files]),
  ]);
  const secrets = new Set(imports.flatMap(({ agent }) => agent.secrets));
  const loaded = await loadText(folder, file, { texts: files, secrets, environment, vars });
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
    return (
      statSync(file, { throwIfNoEntry: false })?.isFile() && readFileSync(file, "utf8") !== content
    );
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
