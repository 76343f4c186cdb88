import type { DesiredAgent } from "../../src/agent/definition.ts";
import { type ConfigInput, loadConfig } from "../../src/config/config.ts";
import type { Problem } from "../../src/config/problem.ts";
import type { Sources } from "../../src/config/sources.ts";

type Files = Readonly<Record<string, string>>;
type Around = { readonly env?: Files; readonly vars?: Files; readonly environment?: string };

/** Loads files from memory. */
export function load(files: Files, around: Around = {}) {
  return loadConfig(inputOf(files, around));
}

/** Files in memory; globs know `*` only. */
export function inputOf(
  files: Files,
  { env = {}, vars = {}, environment }: Around = {},
): ConfigInput {
  const sources: Sources = {
    read: (path) => {
      const text = files[path];
      return text === undefined ? { kind: "fault", fault: "missing" } : { kind: "text", text };
    },
    match: (glob) => {
      const pattern = glob.split("*").map((part) => part.replaceAll(/[.+?^${}()|[\]\\]/g, "\\$&"));
      return Object.keys(files)
        .filter((name) => new RegExp(`^${pattern.join("[^/]*")}$`).test(name))
        .sort();
    },
    list: (folder) =>
      Object.keys(files)
        .filter((name) => name.startsWith(folder === "" ? "" : `${folder}/`))
        .map((name) => name.slice(folder === "" ? 0 : folder.length + 1))
        .filter((name) => !name.includes("/")),
  };
  return {
    path: "agents.yaml",
    sources,
    env: (name) => (Object.hasOwn(env, name) && env[name]) || undefined,
    vars: new Map(Object.entries(vars)),
    ...(environment !== undefined && { environment }),
  };
}

const head = "version: 1\nproject: acme\n";

/** The agents of a configuration that must be valid. `body` follows version and project. */
export function agentsOf(
  body: string,
  files: Files = {},
  around: Around = {},
): readonly DesiredAgent[] {
  const result = load({ "agents.yaml": head + body, ...files }, around);
  if (result.kind === "invalid") throw new Error(JSON.stringify(result.problems, null, 1));
  return result.config.desired.agents;
}

/** The problems of a configuration that must be invalid, as `code line:column` with the file where it is another. */
export function problemsOf(
  text: string,
  files: Files = {},
  around: Around = {},
): readonly string[] {
  return rawProblems(text, files, around).map(({ code, at }) => {
    const file = at.file === "agents.yaml" ? "" : `${at.file}:`;
    return `${code} ${file}${at.line}:${at.column}`;
  });
}

export function rawProblems(
  text: string,
  files: Files = {},
  around: Around = {},
): readonly Problem[] {
  const result = load({ "agents.yaml": text, ...files }, around);
  return result.kind === "invalid" ? result.problems : [];
}
