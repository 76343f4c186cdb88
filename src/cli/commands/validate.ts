import type { ConfigEvent } from "../../commands/config-event.ts";
import type { ConfigResult } from "../../config/config.ts";
import type { Problem } from "../../config/problem.ts";
import {
  chosenEnvironment,
  configFile,
  problemsOf,
  refuseUnknownVars,
  tellUnset,
  tellWeak,
} from "../open-config.ts";
import type { Session } from "../session.ts";
import { variable } from "../variable.ts";

/** A configuration in one environment; undefined if the file has none. */
type Tried = { readonly environment: string | undefined; readonly result: ConfigResult };

/**
 * `agentvane validate`: in the chosen environment, or in each one; with `--strict` also reports what is allowed but
 * probably a mistake.
 */
export async function run(session: Session<ConfigEvent>): Promise<void> {
  const { invocation, emit } = session;
  const { load } = await configFile(invocation, "unset_allowed");
  const chosen = chosenEnvironment(invocation);
  const whole = load(chosen);
  const environments = chosen === undefined ? whole.environments : [];
  const tried: readonly Tried[] =
    environments.length === 0
      ? [{ environment: chosen, result: whole }]
      : environments.map((environment) => ({ environment, result: load(environment) }));
  for (const result of [whole, ...tried.map((each) => each.result)])
    session.addMaskTerms(result.maskTerms);
  tellWeak(session);
  const configs = tried.flatMap(({ result }) => (result.kind === "loaded" ? [result.config] : []));
  const isStrict = invocation.has("strict");
  const problems = withEnvironments(
    await Promise.all(
      tried.map(async ({ environment, result }) => {
        const strictly = result.kind === "loaded" && isStrict ? result.config.lints : [];
        return { environment, problems: [...(await problemsOf(result)), ...strictly] };
      }),
    ),
  );
  const unsetEnv = sorted(configs.flatMap((config) => config.unsetEnv));
  tellUnset(session, unsetEnv);
  if (problems.length > 0) return emit({ kind: "config_invalid", problems });
  const [first, ...others] = configs;
  if (first === undefined) throw new Error("a configuration without problems was not loaded");
  // Another environment may use the variable.
  refuseUnknownVars(
    first.unknownVars.filter(({ name }) =>
      others.every(({ unknownVars }) => unknownVars.some((each) => each.name === name)),
    ),
  );
  const { desired, files } = first;
  const unsetKeys = configs
    .map(({ apiKeyVariable }) => apiKeyVariable)
    .filter((name) => variable(name) === undefined);
  const unset = sorted([...unsetEnv, ...unsetKeys]);
  emit({ kind: "validated", desired, files, environments, unset });
}

/** Each name once. */
function sorted(names: readonly string[]): readonly string[] {
  return [...new Set(names)].sort();
}

type Found = {
  readonly environment: string | undefined;
  readonly problems: readonly Problem[];
};

/** Each problem once, with its environments if it does not occur in all of them. */
function withEnvironments(found: readonly Found[]): readonly Problem[] {
  const told = new Map<string, { readonly problem: Problem; readonly environments: string[] }>();
  for (const { environment, problems } of found) {
    for (const problem of problems) {
      const identity = JSON.stringify(problem);
      const entry = told.get(identity) ?? { problem, environments: [] };
      if (environment !== undefined) entry.environments.push(environment);
      told.set(identity, entry);
    }
  }
  return [...told.values()].map(({ problem, environments }) =>
    environments.length === found.length || environments.length === 0
      ? problem
      : { ...problem, environments },
  );
}
