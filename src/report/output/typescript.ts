import type { OutputAgent, ProjectOutput } from "../../commands/project-output.ts";
import { sanitizedJson } from "../safe/sanitize.ts";

/**
 * What an application needs as a TypeScript module: keys, ids, aliases and versions are types too, so that using a
 * removed key does not compile.
 */
export function outputTypeScript({ project, environment, alias, agents }: ProjectOutput): string {
  return [
    "// Written by `agentvane output --format ts`. Do not edit: write it again after a release.",
    `// Project ${project}, ${environment === "" ? "no environment" : `environment ${environment}`}.`,
    "",
    `export const project = ${sanitizedJson(project)};`,
    `export const environment = ${sanitizedJson(environment)};`,
    ...(alias === undefined
      ? []
      : [
          "",
          "/** The alias to name in requests. */",
          `export const alias = ${sanitizedJson(alias)};`,
        ]),
    "",
    "/** The agents by key: the id, the default version, and the version of each alias. */",
    agents.length === 0 ? "export const agents = {} as const;" : "export const agents = {",
    ...agents.map(agentLine),
    ...(agents.length === 0 ? [] : ["} as const;"]),
    "",
    "export type AgentKey = keyof typeof agents;",
    "",
  ].join("\n");
}

function agentLine({ key, id, version, aliases }: OutputAgent): string {
  const standing = aliases.map((each) => `${propertyName(each.alias)}: ${each.version}`);
  const list = standing.length === 0 ? "{}" : `{ ${standing.join(", ")} }`;
  return `  ${propertyName(key)}: { id: ${sanitizedJson(id)}, version: ${version}, aliases: ${list} },`;
}

/** In brackets, `__proto__` is a normal key. */
function propertyName(name: string): string {
  if (/^[a-z][a-z0-9_]*$/.test(name)) return name;
  return name === "__proto__" ? `["${name}"]` : sanitizedJson(name);
}
