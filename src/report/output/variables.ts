import { type ProjectOutput, variableName } from "../../commands/project-output.ts";
import { outputMembers } from "../json/output.ts";

/**
 * What an application needs as variables, one `NAME=value` a line, such that shells, dotenv files and `docker
 * --env-file` read the same values. No comment is in it: GitLab's dotenv reports take none.
 */
export function outputEnv(output: ProjectOutput): string {
  return linesOf(
    [
      ["AGENTVANE_PROJECT", output.project],
      ["AGENTVANE_ENVIRONMENT", output.environment],
      ...(output.alias === undefined ? [] : [["AGENTVANE_ALIAS", output.alias] as const]),
      ...output.agents.flatMap(({ key, id, version }) => {
        const name = `AGENTVANE_${variableName(key)}`;
        return [[`${name}_ID`, id] as const, [`${name}_VERSION`, String(version)] as const];
      }),
    ].map(([name = "", value = ""]) => [name, quoted(value)] as const),
  );
}

/**
 * The same as outputs of a step, to be appended to the file that GITHUB_OUTPUT names. An output is called like
 * its key, and an underscore goes before a digit, with which no name may begin.
 */
export function outputGithub(output: ProjectOutput): string {
  const { project, environment, alias, agents } = output;
  return linesOf([
    ["project", project],
    ["environment", environment],
    ...(alias === undefined ? [] : [["alias", alias] as const]),
    ...agents.flatMap(({ key, id, version }) => {
      const name = variableName(key)
        .toLowerCase()
        .replace(/^(?=\d)/, "_");
      return [[`${name}_id`, id] as const, [`${name}_version`, String(version)] as const];
    }),
    ["agents", JSON.stringify(outputMembers(output).agents)],
  ]);
}

function linesOf(pairs: readonly (readonly [string, string])[]): string {
  return pairs.map(([name, value]) => `${name}=${value}\n`).join("");
}

/** Bare where no shell minds, since `docker --env-file` keeps quotes; a quote itself is never in a value. */
function quoted(value: string): string {
  return /^[\w./:@%+,-]*$/.test(value) ? value : `'${value}'`;
}
