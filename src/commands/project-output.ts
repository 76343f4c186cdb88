import type { AgentId, AgentKey, AliasName, Version } from "../agent/identity.ts";

/** The forms in which an application can take it. */
export type ApplicationFormat = "text" | "json" | "env" | "github" | "ts";

/** What an application needs to know of one agent. */
export type OutputAgent = {
  readonly key: AgentKey;
  readonly id: AgentId;
  readonly name: string;
  /** The default version. */
  readonly version: Version;
  /** Sorted by name. */
  readonly aliases: readonly { readonly alias: AliasName; readonly version: Version }[];
};

/** What an application needs to know of a project. */
export type ProjectOutput = {
  readonly project: string;
  readonly environment: string;
  /** The alias that the application is to name; undefined when none was asked for. */
  readonly alias: AliasName | undefined;
  /** Sorted by key. */
  readonly agents: readonly OutputAgent[];
};

/** The name of a key inside a variable: `triage-eu` is `TRIAGE_EU`. */
export function variableName(key: string): string {
  return key.toUpperCase().replaceAll(/[-.]/g, "_");
}
