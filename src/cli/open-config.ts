import { existsSync } from "node:fs";
import path from "node:path";
import type { ConfigEvent } from "../commands/config-event.ts";
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

/** A configuration and its folder. */
export type OpenedConfig = LoadedConfig & { readonly folder: string };

/**
 * Loads the configuration that the command line names; undefined, with events, if it is not valid. Commands that only
 * draw or check allow `${{ env.X }}` to be unset, with a note.
 */
export async function openConfig(
  session: Session<ConfigEvent>,
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

/** Throws if `--var` sets a variable that no file declares or uses: most likely a typo, and without effect. */
export function refuseUnknownVars([first]: readonly UnknownName[]): void {
  if (first === undefined) return;
  const { name, suggestions } = first;
  const meant = suggestions.map((each) => `"${each}"`).join(" or ");
  throw new UsageError(
    `--var ${name}: no file declares or uses this variable`,
    meant === "" ? "add it under vars, or leave it out" : `did you mean ${meant}?`,
  );
}

/** Reports the environment variables that are not set, if any. */
export function tellUnset({ emit }: Session<ConfigEvent>, variables: readonly string[]): void {
  if (variables.length > 0) emit({ kind: "variables_unset", variables });
}

/** All problems of a configuration, including the JSON Schemas of its checks. */
export async function problemsOf(result: ConfigResult): Promise<readonly Problem[]> {
  if (result.kind === "invalid") return result.problems;
  return jsonSchemaProblems(result.config.desired.checks);
}

/** Reports the secrets that are too weak to be masked everywhere. */
export function tellWeak({ emit, weakSecrets }: Session<ConfigEvent>): void {
  for (const weak of weakSecrets()) emit({ kind: "secret_weak", ...weak });
}

/** The environment from the command line or AGENTVANE_ENV. */
export function chosenEnvironment(invocation: Invocation): string | undefined {
  const named = invocation.value("env");
  if (named !== undefined) return named;
  const preset = variable("AGENTVANE_ENV");
  if (preset !== undefined) refuseName(environmentNameProblem("AGENTVANE_ENV", preset));
  return preset;
}

/** A configuration's file: its folder, and a function to load it in one environment or none. */
export async function configFile(
  invocation: Invocation,
  unsetRule: UnsetRule = "unset_refused",
): Promise<{
  readonly folder: string;
  readonly load: (environment: string | undefined) => ConfigResult;
  /** Every file that was read so far, with its folder. */
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

/** The input for loading a configuration, without the environment. */
export async function configInput(invocation: Invocation): Promise<{
  readonly folder: string;
  readonly input: ConfigInput;
  /** Every file that was read so far, with its folder. */
  readonly read: () => readonly string[];
}> {
  const file = invocation.value("file") ?? "agents.yaml";
  const folder = path.dirname(path.resolve(file));
  if (!existsSync(folder))
    throw new UsageError(`the folder ${folder} does not exist`, "check --file");
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

/** A configuration without a file yet. */
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

/** Loads a configuration that has files which are not written yet. */
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
