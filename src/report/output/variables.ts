import { type ProjectOutput, variableName } from "../../commands/project-output.ts";
import { outputMembers } from "../json/output.ts";

/**
 * What an application needs as variables, one `NAME=value` per line, which shells, dotenv files and `docker --env-file`
 * read with the same values. It contains no comment, because GitLab's dotenv reports allow none.
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
 * The same as outputs of a step, to be appended to the file in GITHUB_OUTPUT. An output has the name of its key; an
 * underscore is added before a digit, which cannot start a name.
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

/** Unquoted if every shell allows it, because `docker --env-file` keeps quotes. A value never contains a quote. */
function quoted(value: string): string {
  return /^[\w./:@%+,-]*$/.test(value) ? value : `'${value}'`;
}
