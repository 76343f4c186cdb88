import type { Placeholder } from "./placeholder.ts";

/** A flag, for the parser, the help and the documentation. */
export type Flag = {
  readonly name: string;
  readonly short?: string;
  /** `switch` takes no value; `list` may be repeated; of the others the last one wins. */
  readonly takes: "switch" | "value" | "list";
  readonly placeholder?: Placeholder;
  /** The allowed values, if there are only these. */
  readonly choices?: readonly OutputFormat[];
  readonly doc: string;
};

/** Selects the configuration. */
export const file: Flag = {
  name: "file",
  short: "f",
  takes: "value",
  placeholder: "FILE",
  doc: "the configuration (default: agents.yaml)",
};

/** Flags of every command that reads the configuration. */
export const config: readonly Flag[] = [
  file,
  {
    name: "env",
    takes: "value",
    placeholder: "NAME",
    doc: "the environment to use (or AGENTVANE_ENV)",
  },
  {
    name: "var",
    takes: "list",
    placeholder: "NAME=VALUE",
    doc: "a variable of the configuration; may be repeated",
  },
];

/** Flags of every command that defines no agent: the project may be named without a file. */
export const owner: readonly Flag[] = [
  ...config,
  {
    name: "project",
    takes: "value",
    placeholder: "NAME",
    doc: "the project, without reading any file; --env names its environment",
  },
  {
    name: "api-key-env",
    takes: "value",
    placeholder: "NAME",
    doc: "with --project: the variable that holds the API key (default: MISTRAL_API_KEY)",
  },
];

/** The output formats; the first one is the default. */
const plainFormats = ["text", "json"] as const;
const planFormats = ["text", "json", "markdown", "html"] as const;
const applicationFormats = ["text", "json", "env", "github", "ts"] as const;
const graphFormats = ["mermaid", "dot", "svg"] as const;

/** All output formats; `run-session.ts` has a reporter for each. */
export type OutputFormat = (
  | typeof plainFormats
  | typeof planFormats
  | typeof applicationFormats
  | typeof graphFormats
)[number];

function outputIn(formats: readonly OutputFormat[]): readonly Flag[] {
  return [
    {
      name: "format",
      takes: "value",
      placeholder: formats.join("|") as Lowercase<string>,
      choices: formats,
      doc: "form of the result on stdout",
    },
    {
      name: "no-color",
      takes: "switch",
      doc: "no colours (or NO_COLOR); none off a terminal anyway",
    },
    { name: "quiet", short: "q", takes: "switch", doc: "only the result and errors" },
    { name: "debug", takes: "switch", doc: "every request and every retry on stderr" },
    { name: "help", short: "h", takes: "switch", doc: "this text" },
  ];
}

/** The output flags of most commands. */
export const output = outputIn(plainFormats);
/** The output flags of commands with a plan. */
export const planOutput = outputIn(planFormats);
/** The output flags of `output`. */
export const applicationOutput = outputIn(applicationFormats);
/** The output flags of `graph`. */
export const graphOutput = outputIn(graphFormats);

/** Flags of every command that uses a server. */
export const server: readonly Flag[] = [
  {
    name: "server-url",
    takes: "value",
    placeholder: "URL",
    doc: "another server (or AGENTVANE_SERVER_URL); plain http only to this machine",
  },
  {
    name: "local",
    takes: "switch",
    doc: "the built-in emulator, its data in .agentvane/local.json; needs no account",
  },
  {
    name: "parallelism",
    takes: "value",
    placeholder: "N",
    doc: "most requests at once (default: 8)",
  },
  {
    name: "timeout",
    takes: "value",
    placeholder: "TIME",
    doc: "for the whole run, such as 90s or 10m (default: 10m)",
  },
  {
    name: "request-timeout",
    takes: "value",
    placeholder: "TIME",
    doc: "for one request (default: 30s)",
  },
];

/** Flags of a plan. */
export const planning: readonly Flag[] = [
  { name: "prune", takes: "switch", doc: "delete agents whose key is no longer in the file" },
  {
    name: "only",
    takes: "list",
    placeholder: "KEY",
    doc: "only these agents: repeated, or with commas; excludes --prune",
  },
  {
    name: "allow-duplicate-names",
    takes: "switch",
    doc: "create an agent although another one has its name",
  },
  {
    name: "resend-secrets",
    takes: "list",
    placeholder: "KEY",
    doc: "write the secrets of these agents again, after they were rotated",
  },
  {
    name: "max-deletes",
    takes: "value",
    placeholder: "N",
    doc: "refuse a plan that deletes more agents (default: 3; no limit in ephemeral environments)",
  },
  {
    name: "max-updates",
    takes: "value",
    placeholder: "N|N%",
    doc: "refuse a plan that updates more agents",
  },
  {
    name: "max-agents",
    takes: "value",
    placeholder: "N",
    doc: "refuse a plan that gives the environment more agents (default: 50 in ephemeral ones)",
  },
  { name: "allow-empty", takes: "switch", doc: "let --prune delete the whole project" },
  {
    name: "allow-rewind",
    takes: "switch",
    doc: "apply a commit although a newer one was applied before",
  },
  {
    name: "fail-on-deprecated",
    takes: "value",
    placeholder: "TIME",
    doc: "refuse a model that retires within this time, such as 30d",
  },
];

/** Flags that select the version to talk to. */
export const talking: readonly Flag[] = [
  {
    name: "alias",
    takes: "value",
    placeholder: "ALIAS",
    doc: "what this alias runs (default: prod, else the only alias, else the default version)",
  },
  {
    name: "agent-version",
    takes: "value",
    placeholder: "N",
    doc: "this version of each agent",
  },
];

/** Flags of commands that run checks. */
export const checking: readonly Flag[] = [
  {
    name: "check-parallelism",
    takes: "value",
    placeholder: "N",
    doc: "most checks at once (default: 2)",
  },
  {
    name: "check-timeout",
    takes: "value",
    placeholder: "TIME",
    doc: "for one request of a check (default: 2m)",
  },
  {
    name: "conversations",
    takes: "value",
    placeholder: "FILE",
    doc: "with --local: answer conversations from this script",
  },
];

/** Flags of every command that writes. */
export const writing: readonly Flag[] = [
  {
    name: "report",
    takes: "value",
    placeholder: "FILE",
    doc: "write what happened as JSON, also on failure",
  },
];

/** Selects some agents. */
export const only: Flag = {
  name: "only",
  takes: "list",
  placeholder: "KEY",
  doc: "only these agents: repeated, or with commas",
};

/** Approves in advance. */
export const autoApprove: Flag = { name: "auto-approve", takes: "switch", doc: "do not ask" };

/** Flags of every command that moves an alias without an apply. */
export const repointing: readonly Flag[] = [
  autoApprove,
  { name: "write", takes: "switch", doc: "write the pins into the configuration" },
  ...writing,
];

/** Shared flags under their titles in the help; all other flags come first. */
export const flagGroups: readonly { readonly title: string; readonly flags: readonly Flag[] }[] = [
  { title: "Configuration", flags: owner },
  { title: "Server", flags: server },
  { title: "Output", flags: [...writing, ...output] },
];
