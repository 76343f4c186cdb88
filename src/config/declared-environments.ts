import { type Mapping, memberOf, textOf } from "./tree.ts";

/** The variable that holds the API key where a file names no other. */
export const usualKeyVariable = "MISTRAL_API_KEY";

/** An environment of a file, or a pattern for many, and the variable that holds its API key. */
export type DeclaredEnvironment = { readonly name: string; readonly apiKeyVariable: string };

/** The environments that a file declares. */
export function declaredEnvironments(written: Mapping | undefined): readonly DeclaredEnvironment[] {
  const environments = memberOf(written, "environments");
  const members = environments?.kind === "map" ? [...environments.members] : [];
  return members.map(([name, { value }]) => ({
    name,
    apiKeyVariable: textOf(memberOf(value, "api_key_env")) ?? usualKeyVariable,
  }));
}

/** The names of the environments that a file declares. */
export function environmentNames(written: Mapping | undefined): readonly string[] {
  return declaredEnvironments(written).map(({ name }) => name);
}

/** The variables in which the keys of environments are, each once; the usual one where there are none. */
export function keyVariablesOf(environments: readonly DeclaredEnvironment[]): readonly string[] {
  const variables = environments.map(({ apiKeyVariable }) => apiKeyVariable);
  return variables.length === 0 ? [usualKeyVariable] : [...new Set(variables)];
}

/** The environment variables that hold the API key of some environment, chosen or not. */
export function apiKeyVariables(written: Mapping): readonly string[] {
  const declared = declaredEnvironments(written).map(({ apiKeyVariable }) => apiKeyVariable);
  return [...new Set([usualKeyVariable, ...declared])];
}
