import { existsSync } from "node:fs";
import path from "node:path";
import {
  type ConfigInput,
  type ConfigResult,
  type LoadedConfig,
  loadConfig,
} from "../config/config.ts";
import type { UnsetRule } from "../config/expand.ts";
import type { Problem } from "../config/problem.ts";
import type { UnknownName } from "../config/unknown-variables.ts";
import { overrideOf } from "../config/variables.ts";
import { environmentNameProblem } from "./args/argument-names.ts";
import { variableFlags } from "./args/flag-values.ts";
import { type Invocation, refuseName, UsageError } from "./args/invocation.ts";
import { diskSources } from "./files/disk-sources.ts";
import { keepProjectFiles } from "./files/project-files.ts";
import { jsonSchemaProblems } from "./json-schemas.ts";
import type { Session } from "./session.ts";
import { variable } from "./variable.ts";

/** A configuration and the folder it stands in. */
export type OpenedConfig = LoadedConfig & { readonly folder: string };

/**
 * Loads the configuration that a command line names; undefined, and told, when it cannot be used. What only
 * draws or checks allows `${{ env.X }}` to be unset, which is told as well.
 */
export async function openConfig(
  session: Session,
  unsetRule: UnsetRule = "unset_refused",
): Promise<OpenedConfig | undefined> {
  const file = await configFile(session.invocation, unsetRule);
  const result = file.load(chosenEnvironment(session.invocation));
  keepProjectFiles(session.results, file, result);
  session.addMaskTerms(result.maskTerms);
  tellWeak(session);
  const problems = await problemsOf(result);
  if (result.kind === "invalid" || problems.length > 0) {
    session.emit({ kind: "config_invalid", problems });
    return undefined;
  }
  refuseUnknownVars(result.config.unknownVars);
  tellUnset(session, result.config.unsetEnv);
  return { ...result.config, folder: file.folder };
}

/** Throws when `--var` gives a variable that no file declares or uses: a slip that would change nothing. */
export function refuseUnknownVars([first]: readonly UnknownName[]): void {
  if (first === undefined) return;
  const { name, suggestions } = first;
  const meant = suggestions.map((each) => `"${each}"`).join(" or ");
  throw new UsageError(
    `--var ${name}: no file declares or uses a variable of this name`,
    meant === "" ? "add it under vars, or leave it out" : `did you mean ${meant}?`,
  );
}

/** Tells which environment variables stayed open, if any did. */
export function tellUnset({ emit }: Session, variables: readonly string[]): void {
  if (variables.length > 0) emit({ kind: "variables_unset", variables });
}

/** All that is wrong with a configuration, the JSON Schemas of its checks included. */
export async function problemsOf(result: ConfigResult): Promise<readonly Problem[]> {
  if (result.kind === "invalid") return result.problems;
  return jsonSchemaProblems(result.config.desired.checks);
}

/** Tells which secrets are too weak to be masked wherever they stand. */
export function tellWeak({ emit, weakSecrets }: Session): void {
  for (const weak of weakSecrets()) emit({ kind: "secret_weak", ...weak });
}

/** The environment that a command line, or else AGENTVANE_ENV, names. */
export function chosenEnvironment(invocation: Invocation): string | undefined {
  const named = invocation.value("env");
  if (named !== undefined) return named;
  const preset = variable("AGENTVANE_ENV");
  if (preset !== undefined) refuseName(environmentNameProblem("AGENTVANE_ENV", preset));
  return preset;
}

/** A configuration's file: the folder it stands in, and its loading in one environment or none. */
export async function configFile(
  invocation: Invocation,
  unsetRule: UnsetRule = "unset_refused",
): Promise<{
  readonly folder: string;
  readonly load: (environment: string | undefined) => ConfigResult;
  /** Every file that loading has asked for so far, with its folder. */
  readonly read: () => readonly string[];
}> {
  const { folder, input, read } = await configInput(invocation);
  return {
    folder,
    load: (environment) =>
      loadConfig({ ...input, unsetRule, ...(environment !== undefined && { environment }) }),
    read,
  };
}

const overrides = overrideOf("");

/** What a configuration is loaded from, but for the environment. */
export async function configInput(invocation: Invocation): Promise<{
  readonly folder: string;
  readonly input: ConfigInput;
  /** Every file that loading has asked for so far, with its folder. */
  readonly read: () => readonly string[];
}> {
  const file = invocation.value("file") ?? "agents.yaml";
  const folder = path.dirname(path.resolve(file));
  if (!existsSync(folder)) throw new UsageError(`there is no folder ${folder}`, "check --file");
  const name = path.basename(file);
  const sources = await diskSources(folder, name);
  const asked = new Set([name]);
  const input = {
    path: name,
    sources: {
      ...sources,
      read: (each: string) => {
        asked.add(each);
        return sources.read(each);
      },
    },
    env: variable,
    vars: variableFlags(invocation),
    overridden: Object.keys(process.env).flatMap((name) =>
      name.startsWith(overrides) ? [name.slice(overrides.length)] : [],
    ),
  };
  const read = () => [...asked].map((each) => path.resolve(folder, each));
  return { folder, input, read };
}

/** A configuration that has no file yet. */
export function emptyConfig(folder: string, project: string): OpenedConfig {
  return {
    desired: {
      project,
      environment: "",
      isEphemeral: false,
      agents: [],
      renames: [],
      gates: [],
      checks: [],
      unsetSecrets: new Map(),
    },
    apiKeyVariable: "MISTRAL_API_KEY",
    workspace: undefined,
    wantsAncestors: false,
    reveal: () => {
      throw new Error("a configuration without a file holds no secret");
    },
    unsetEnv: [],
    unknownVars: [],
    lints: [],
    files: [],
    folder,
  };
}

/**
 * Loads a configuration of which some files are not written yet.
 */
export async function loadText(
  folder: string,
  file: string,
  unwritten: {
    readonly texts: ReadonlyMap<string, string>;
    readonly environment: string;
    readonly vars: ReadonlyMap<string, string>;
  },
): Promise<ConfigResult> {
  const { texts, environment, vars } = unwritten;
  const disk = await diskSources(folder, file);
  return loadConfig({
    path: file,
    sources: {
      ...disk,
      read: (name) => {
        const text = texts.get(name);
        return text === undefined ? disk.read(name) : { kind: "text", text };
      },
    },
    env: variable,
    vars,
    ...(environment !== "" && { environment }),
  });
}
