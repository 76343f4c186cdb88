import { slugPattern } from "../agent/identity.ts";
import { hasAgentsElsewhere } from "../commands/read-fleet.ts";
import { type Bindings, loadBindings } from "../config/bindings.ts";
import { isPattern } from "../config/choose-environment.ts";
import { loadConfig } from "../config/config.ts";
import { type DeclaredEnvironment, keyVariablesOf } from "../config/declared-environments.ts";
import type { EnvironmentRule } from "../config/environment.ts";
import type { Problem } from "../config/problem.ts";
import { seeHelp, UsageError } from "./args/invocation.ts";
import { keepProjectFiles } from "./files/project-files.ts";
import { chosenEnvironment, configInput, tellWeak } from "./open-config.ts";
import { apiKeyIn, type Connected, connectedBy } from "./open-project.ts";
import type { Session } from "./session.ts";
import { variable } from "./variable.ts";

/** The parts of a configuration that a command without definitions needs, and the folder it works in. */
export type OpenedBindings = Bindings & {
  readonly folder: string;
  /** Such a command never sends a secret. */
  readonly reveal: () => never;
};

/** A project whose agents a command reads or points at, without their definitions. */
export type OpenedBinding = Connected<OpenedBindings>;

/**
 * Opens what a command needs that defines no agent: the project, environment and server. With `--project` no file is
 * read. Otherwise problems in other parts of the files are ignored, with a note.
 */
export async function openBinding(session: Session): Promise<OpenedBinding | undefined> {
  const project = namedProject(session);
  const opened = await connectedBy(session, async () =>
    project === undefined
      ? await bindingsInFile(session, chosenEnvironment(session.invocation))
      : withoutFile(session, project),
  );
  if (opened === undefined || project === undefined) return opened;
  let isUsable = false;
  try {
    const { config, reader } = opened;
    isUsable = !(await hasAgentsElsewhere(config.bound, reader, session.emit));
    return isUsable ? opened : undefined;
  } finally {
    if (!isUsable) await opened.close();
  }
}

/** The project that `--project` names, after checking the flags that go with it. */
function namedProject({ invocation }: Session): string | undefined {
  const project = invocation.value("project");
  const help = seeHelp(invocation.command);
  if (project === undefined) {
    if (invocation.value("api-key-env") === undefined) return undefined;
    throw new UsageError("--api-key-env needs --project; a file names its own variable", help);
  }
  if (!new RegExp(slugPattern).test(project)) {
    throw new UsageError(
      `--project ${project} is not a valid project name`,
      "expected 1 to 64 lower-case letters, digits and hyphens",
    );
  }
  const reading = ["file", "var"].find((flag) => invocation.list(flag).length > 0);
  const excluded = reading ?? (invocation.has("write") ? "write" : undefined);
  if (excluded === undefined) return project;
  throw new UsageError(`--project reads no file, so it excludes --${excluded}`, help);
}

function withoutFile(session: Session, project: string): OpenedBindings {
  const { invocation, results } = session;
  results.protect(["agents.yaml"]);
  const variableName = invocation.value("api-key-env") ?? "MISTRAL_API_KEY";
  const text = variable(variableName);
  session.addMaskTerms({
    secrets: text === undefined ? [] : [{ variable: variableName, text }],
    words: [project],
  });
  tellWeak(session);
  const environment = chosenEnvironment(invocation) ?? "";
  return {
    bound: { project, environment, isEphemeral: false, agents: [], renames: [] },
    apiKeyVariable: variableName,
    workspace: undefined,
    environments: [],
    aliases: [],
    skipped: [],
    isPartlyRead: false,
    folder: process.cwd(),
    reveal,
  };
}

/** A project with one connection for each key that sees some of its environments. */
export type OpenedKeys = {
  readonly project: string;
  readonly connections: readonly OpenedBinding[];
  /** Variables that should hold a key and are not set. */
  readonly unread: readonly string[];
  /** The environments of the file, including patterns; none if no file is read. */
  readonly environments: readonly DeclaredEnvironment[];
  /** Whether one key sees everything that the command needs. */
  readonly isOne: boolean;
};

/** The environments of a command that does not need `--env`: all, or those that match patterns. */
export type EnvironmentSelection = "all" | "patterns";

/** Opens what a command needs that works on all environments; of several keys, uses those that are set. */
export async function openEachKey(
  session: Session,
  selection: EnvironmentSelection = "all",
): Promise<OpenedKeys | undefined> {
  const { invocation } = session;
  const named = namedProject(session);
  // A command about all patterns ignores AGENTVANE_ENV.
  const chosen = selection === "all" ? chosenEnvironment(invocation) : undefined;
  const bindings =
    named === undefined
      ? await bindingsInFile(session, chosen, "all_meant")
      : withoutFile(session, named);
  if (bindings === undefined) return undefined;
  const { environments, bound } = bindings;
  const { project, environment } = bound;
  const isOne = invocation.has("local") || named !== undefined || environment !== "";
  const patterns = environments.filter(({ name }) => isPattern(name));
  const meant = selection === "patterns" && patterns.length > 0 ? patterns : environments;
  const variables = isOne ? [bindings.apiKeyVariable] : keyVariablesOf(meant);
  const set = variables.filter((name) => apiKeyIn(name) !== undefined);
  const connections: OpenedBinding[] = [];
  for (const apiKeyVariable of set.length > 0 ? set : variables.slice(0, 1)) {
    const opened = await connectedBy(session, async () => ({ ...bindings, apiKeyVariable }));
    if (opened !== undefined) connections.push(opened);
  }
  if (connections.length === 0) return undefined;
  const unread = isOne ? [] : variables.filter((name) => !set.includes(name));
  return { project, connections, unread, environments, isOne };
}

async function bindingsInFile(
  session: Session,
  environment: string | undefined,
  rule: EnvironmentRule = "needed",
): Promise<OpenedBindings | undefined> {
  const { invocation, emit } = session;
  const { folder, input, read } = await configInput(invocation);
  const result = loadBindings(environment === undefined ? input : { ...input, environment }, rule);
  // Prompts and schemas are not needed, but a result must not overwrite them.
  if (!session.results.isEmpty()) {
    const whole = loadConfig({ ...input, ...(environment && { environment }) });
    keepProjectFiles(session.results, { folder, read }, whole);
  }
  session.addMaskTerms(result.maskTerms);
  tellWeak(session);
  if (result.kind === "invalid") {
    emit({ kind: "config_invalid", problems: result.problems });
    if (!result.problems.every(isChoice)) emit({ kind: "project_unknown" });
    return undefined;
  }
  const { bindings } = result;
  if (bindings.skipped.length > 0) emit({ kind: "config_skipped", problems: bindings.skipped });
  return { ...bindings, folder, reveal };
}

/** Whether the file is valid and only the command line does not fit it. */
function isChoice({ code }: Problem): boolean {
  return (
    code === "environment_missing" ||
    code === "unknown_environment" ||
    code === "ambiguous_environment"
  );
}

function reveal(): never {
  throw new Error("a command that defines no agent sends no secret");
}
