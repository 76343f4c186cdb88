/** The variables of a job. */
export type EnvironmentVariables = { readonly [name: string]: string | undefined };

/** What the names of the inputs begin with. */
export const inputPrefix = "AGENTVANE_CI_";

/**
 * The variables that the command itself gets: all but the inputs, one of which is a token. What a gate runs, or
 * a file names with `env.`, must not find it.
 */
export function variablesOfCommand(variables: EnvironmentVariables): EnvironmentVariables {
  return Object.fromEntries(
    Object.entries(variables).filter(([name]) => !name.startsWith(inputPrefix)),
  );
}
