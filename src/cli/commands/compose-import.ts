import type { Import, WrittenImport } from "../../commands/import.ts";
import { unsetDefaults } from "../../commands/unset-defaults.ts";
import type { LoadedConfig } from "../../config/config.ts";
import type { Problem } from "../../config/problem.ts";
import { type AgentToWrite, newConfiguration, withAgents } from "../../config/write-agents.ts";
import { MachineError } from "../machine-error.ts";
import { loadText } from "../open-config.ts";

/** The file for imported agents; `text` is undefined if it does not exist yet. */
export type ImportTarget = {
  readonly folder: string;
  readonly file: string;
  readonly text: string | undefined;
  readonly project: string;
  readonly environment: string;
  /** Ephemeral agents have no `id` in the file; only their tags show the owner. */
  readonly isEphemeral: boolean;
};

/** A configuration with the agents that could be added, and those that could not. */
export type ComposedImport = {
  /** Undefined if there is no file and nothing to write. */
  readonly text: string | undefined;
  readonly imports: readonly Import[];
  readonly leftOut: WrittenImport["leftOut"];
};

/**
 * The configuration with the agents added. It is composed twice, because only loading it shows what its defaults add.
 * An agent that makes it invalid is left out, so that the others are still imported.
 */
export async function composeImport(
  target: ImportTarget,
  imports: readonly Import[],
  vars: ReadonlyMap<string, string>,
): Promise<ComposedImport> {
  if (imports.length === 0) return { text: target.text, imports, leftOut: [] };
  const plain = compose(target, imports, ({ agent }) => agent.members);
  const texts = new Map<string, string>([
    [target.file, plain],
    ...imports.flatMap(({ agent }) => [...agent.files]),
  ]);
  const { folder, file, environment } = target;
  const result = await loadText(folder, file, { texts, environment, vars });
  if (result.kind === "loaded") {
    const text = compose(target, imports, ({ agent }) =>
      unsetDefaults(agent.members, agent.form, definitionOf(result.config, agent.key)),
    );
    return { text, imports, leftOut: [] };
  }
  const culprits = culpritsOf(target.file, plain, imports, result.problems);
  if (culprits.length === 0) throw notValid(target.file, result.problems);
  const others = imports.filter((each) => !culprits.some(({ agent }) => agent === each.agent));
  const rest = await composeImport(target, others, vars);
  return { ...rest, leftOut: [...culprits, ...rest.leftOut] };
}

function compose(
  { file, text, project, environment, isEphemeral }: ImportTarget,
  imports: readonly Import[],
  membersOf: (each: Import) => AgentToWrite["members"],
): string {
  const agents = imports.map((each) => {
    const { key } = each.agent;
    return { key, members: membersOf(each), id: isEphemeral ? undefined : each.remote.id };
  });
  const written = withAgents(text ?? newConfiguration(project), environment, agents);
  if (written !== undefined) return written;
  throw new MachineError(
    `the agents in ${file}`,
    "cannot be added without changing other text. Write `agents:` as a block, one key per line.",
  );
}

function definitionOf({ desired }: LoadedConfig, key: string) {
  const agent = desired.agents.find((each) => each.key === key);
  if (agent === undefined) throw new Error(`${key} was written and is not there`);
  return agent.definition;
}

/** The agents that problems are about: by their files, or by lines of the configuration. */
function culpritsOf(
  file: string,
  text: string,
  imports: readonly Import[],
  problems: readonly Problem[],
): ComposedImport["leftOut"] {
  const lines = text.split("\n");
  const keyAt = (line: number) =>
    lines
      .slice(0, line)
      .reverse()
      .map((each) => /^[ ]+["']?([a-z0-9_-]+)["']?:/.exec(each)?.[1])
      .find((key) => imports.some(({ agent }) => agent.key === key));
  return imports.flatMap((each) => {
    const { key, files } = each.agent;
    const own = problems.filter(({ at }) =>
      at.file === file ? keyAt(at.line) === key : files.has(at.file),
    );
    const unsaid = own.map((problem) => ({ path: [], problem }));
    return unsaid.length === 0 ? [] : [{ ...each, unsaid }];
  });
}

function notValid(file: string, problems: readonly Problem[]): MachineError {
  const [first] = problems;
  const place = first === undefined ? "" : ` (${first.code} at ${first.at.file}:${first.at.line})`;
  return new MachineError(
    `the agents in ${file}`,
    `are not valid together with its present content${place}`,
  );
}
