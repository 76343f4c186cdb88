import { existsSync, lstatSync, mkdirSync, readFileSync, realpathSync, statSync } from "node:fs";
import path from "node:path";
import type { ImportRequest } from "../../commands/import.ts";
import { variableFlags } from "../args/flag-values.ts";
import { isInside } from "../files/disk-sources.ts";
import { openResultFile, targetOfResult } from "../files/open-result-file.ts";
import type { ResultFile } from "../files/result-file.ts";
import { MachineError } from "../machine-error.ts";
import type { Session } from "../session.ts";
import { Interrupted } from "../shutdown.ts";
import { askInTerminal } from "../terminal/ask.ts";
import { bindDeclared } from "./bind-declared.ts";
import { composeImport, type ImportTarget } from "./compose-import.ts";
import { schemaText } from "./schema.ts";

/**
 * Writes imported agents into a configuration, with their prompts and schemas beside it. An existing file with other
 * content is overwritten only after a yes; otherwise nothing is written.
 */
export function importWriter(session: Session, target: ImportTarget): ImportRequest["write"] {
  return async (imports, bindings) => {
    const vars = variableFlags(session.invocation);
    const bound = await bindDeclared(target, bindings, vars);
    const composed = await composeImport({ ...target, text: bound.text }, imports, vars);
    const beside = new Map(composed.imports.flatMap(({ agent }) => [...agent.files]));
    const { text } = composed;
    const own = text === undefined || text === target.text ? [] : [[target.file, text] as const];
    const added = own.map(([name, each]) => [name, addedTo(target.text, each)] as const);
    refuseSecrets(session, new Map([...beside, ...added]));
    if (!(await mayWriteOver(session, target.folder, beside))) return undefined;
    const schema = text === undefined ? [] : missingSchema(target);
    const files = [...beside, ...schema, ...own];
    const proved = await Promise.all(
      files.map(async ([name, content]) => ({
        content,
        file: await openInside(session, target.folder, name),
      })),
    );
    for (const { file, content } of proved) await file.write(content);
    const { leftOut } = composed;
    return { files: files.map(([name]) => name), unbound: bound.unbound, leftOut };
  };
}

/** The schema that the first line of a new configuration names. */
function missingSchema({ folder, text }: ImportTarget): readonly (readonly [string, string])[] {
  const file = "agents.schema.json";
  const exists = lstatSync(path.join(folder, file), { throwIfNoEntry: false }) !== undefined;
  return text !== undefined || exists ? [] : [[file, schemaText("agents")]];
}

/** Checks that a file of the project can be written, and makes its folders. */
async function openInside(
  { shutdown, streams }: Session,
  folder: string,
  name: string,
): Promise<ResultFile> {
  const file = path.join(folder, name);
  makeFolderInside(folder, name);
  const target = targetOfResult("the file", file);
  if (target.kind === "file" && isInside(realpathSync.native(folder), target.path)) {
    return openResultFile("the file", file, target, { ...shutdown, streams });
  }
  throw new MachineError(`the file ${file}`, "is not a regular file inside the project");
}

/** Makes the folders of a file one by one, so that none is made behind a link that leads out of the project. */
function makeFolderInside(folder: string, name: string): void {
  const root = realpathSync.native(folder);
  let made = root;
  for (const step of path.dirname(name).split("/")) {
    made = path.join(made, step);
    if (!existsSync(made)) mkdirSync(made);
    if (isInside(root, realpathSync.native(made))) continue;
    throw new MachineError(`the folder ${made}`, "is a link that leads out of the project");
  }
}

/** Files are committed to git, so a prompt with a secret of this machine is not written, not even masked. */
function refuseSecrets({ mask }: Session, files: ReadonlyMap<string, string>): void {
  const { name: masked } = mask();
  const file = [...files].find(([, text]) => masked(text) !== text)?.[0];
  if (file === undefined) return;
  const reason =
    "it would contain an API key or a secret of an agent; remove that from the agent first";
  throw new MachineError(`the file ${file}`, reason);
}

/** The lines that are new in a file: existing lines are the user's own. */
function addedTo(before: string | undefined, after: string): string {
  const present = new Set(before?.split("\n"));
  return after
    .split("\n")
    .filter((line) => !present.has(line))
    .join("\n");
}

async function mayWriteOver(
  session: Session,
  folder: string,
  files: ReadonlyMap<string, string>,
): Promise<boolean> {
  const { emit, shutdown } = session;
  const others = [...files].filter(([name, content]) => {
    const file = path.join(folder, name);
    return (
      statSync(file, { throwIfNoEntry: false })?.isFile() && readFileSync(file, "utf8") !== content
    );
  });
  for (const [name] of others) {
    const question = `\n${name} already exists. Type yes to overwrite it: `;
    const answer = await askInTerminal(session, question);
    if (shutdown.reason() !== undefined) throw new Interrupted();
    if (answer?.trim() === "yes") continue;
    for (const [each] of others) emit({ kind: "file_exists", path: each });
    return false;
  }
  return true;
}
