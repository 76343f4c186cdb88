/** The variables of a job. */
export type EnvironmentVariables = { readonly [name: string]: string | undefined };

/** The prefix of all inputs. */
export const inputPrefix = "AGENTVANE_CI_";

/**
 * The variables for the command: all but the inputs, one of which is a token. Gates, and files that use `env.`, must
 * not see it.
 */
export function variablesOfCommand(variables: EnvironmentVariables): EnvironmentVariables {
  return Object.fromEntries(
    Object.entries(variables).filter(([name]) => !name.startsWith(inputPrefix)),
  );
}
