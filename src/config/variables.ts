import type { DeclaredVariables, invalidValue } from "./declared-variables.ts";
import type { TemplateSource } from "./problem.ts";

/** The environment variable that overrides one of `vars`. */
export function overrideOf(name: string): string {
  return `AGENTVANE_VAR_${name}`;
}

/** What templates may refer to. */
export type Variables = {
  /** The text of a variable, or undefined when it has none. */
  valueOf(source: TemplateSource, name: string): string | typeof invalidValue | undefined;
  /** The environment variable with an API key that the text would come from; undefined for any other text. */
  apiKeyBehind(source: TemplateSource, name: string): string | undefined;
  /** The names that are known to exist, for suggestions; those of the environment are not listed. */
  namesOf(source: TemplateSource): Iterable<string>;
  /** The names of `vars` that were asked for, whether they have a value or not. */
  usedVars(): ReadonlySet<string>;
  /** The environment variables that were asked for as `env` and are not set, sorted. */
  unsetEnv(): readonly string[];
};

/**
 * Variables by precedence: the defaults of agents.yaml, then AGENTVANE_VAR_name, then `--var`. An empty
 * environment variable is an unset one. `environment` is the name of the chosen one, empty for none.
 */
export function variablesOf(
  declared: DeclaredVariables,
  env: (name: string) => string | undefined,
  given: ReadonlyMap<string, string>,
  apiKeyVariables: readonly string[],
  environment: string,
): Variables {
  // Some systems do not tell apart capitals and small letters.
  const keys = new Set(apiKeyVariables.map((name) => name.toUpperCase()));
  const fromEnvironment = (name: string) => env(name) || undefined;
  const used = new Set<string>();
  const unset = new Set<string>();
  return {
    usedVars: () => used,
    unsetEnv: () => [...unset].sort(),
    valueOf(source, name) {
      switch (source) {
        case "vars":
          used.add(name);
          return given.get(name) ?? fromEnvironment(overrideOf(name)) ?? declared.get(name);
        case "env": {
          const text = fromEnvironment(name);
          if (text === undefined) unset.add(name);
          return text;
        }
        case "secrets":
          return fromEnvironment(name);
        case "environment":
          return environment || undefined;
      }
    },
    apiKeyBehind(source, name) {
      if (source === "environment") return undefined;
      const variable = source === "vars" ? overrideOf(name) : name;
      const isAsked = source !== "vars" || !given.has(name);
      return isAsked && keys.has(variable.toUpperCase()) ? variable : undefined;
    },
    namesOf: (source) => (source === "vars" ? [...namesWithValue(declared), ...given.keys()] : []),
  };
}

function namesWithValue(declared: DeclaredVariables): readonly string[] {
  return [...declared].filter(([, value]) => value !== undefined).map(([name]) => name);
}
