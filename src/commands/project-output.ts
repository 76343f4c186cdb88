import type { AgentId, AgentKey, AliasName, Version } from "../agent/identity.ts";

/** The output formats for an application. */
export type ApplicationFormat = "text" | "json" | "env" | "github" | "ts";

/** What an application needs to know about one agent. */
export type OutputAgent = {
  readonly key: AgentKey;
  readonly id: AgentId;
  readonly name: string;
  /** The default version. */
  readonly version: Version;
  /** Sorted by name. */
  readonly aliases: readonly { readonly alias: AliasName; readonly version: Version }[];
};

/** What an application needs to know about a project. */
export type ProjectOutput = {
  readonly project: string;
  readonly environment: string;
  /** The alias that the application should name; undefined if none was given. */
  readonly alias: AliasName | undefined;
  /** Sorted by key. */
  readonly agents: readonly OutputAgent[];
};

/** A key as a part of a variable name: `triage-eu` becomes `TRIAGE_EU`. */
export function variableName(key: string): string {
  return key.toUpperCase().replaceAll(/[-.]/g, "_");
}
