import { existsSync } from "node:fs";
import path from "node:path";
import { type LoadedConfig, loadConfig } from "../config/config.ts";
import { diskSources } from "./disk-sources.ts";
import { variableFlags } from "./flag-values.ts";
import { Misuse } from "./invocation.ts";
import type { Session } from "./session.ts";

/** A configuration and the folder it stands in. */
export type OpenedConfig = LoadedConfig & { readonly folder: string };

/** Loads the configuration that a command line names; undefined, and told, when it cannot be used. */
export async function openConfig(session: Session): Promise<OpenedConfig | undefined> {
  const { invocation, emit } = session;
  const file = invocation.value("file") ?? "agents.yaml";
  const folder = path.dirname(path.resolve(file));
  if (!existsSync(folder)) throw new Misuse(`there is no folder ${folder}`, "check --file");
  const environment = invocation.value("env") ?? variable("AGENTVANE_ENV");
  const name = path.basename(file);
  const result = loadConfig({
    path: name,
    sources: await diskSources(folder, name),
    env: variable,
    vars: variableFlags(invocation),
    ...(environment !== undefined && { environment }),
  });
  if (result.kind === "invalid") {
    emit({ kind: "config_invalid", problems: result.problems });
    return undefined;
  }
  session.mask(result.config.secretTexts);
  return { ...result.config, folder };
}

/** An environment variable; an empty one is an unset one. */
export function variable(name: string): string | undefined {
  const text = process.env[name];
  return text === "" ? undefined : text;
}
