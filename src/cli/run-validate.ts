import type { ConfigResult } from "../config/config.ts";
import { chosenEnvironment, configFile, tellUnset } from "./open-config.ts";
import type { Session } from "./session.ts";

/**
 * `agentvane validate`: in the environment that was chosen, or else in each one that there is; strictly, also
 * what is allowed and most likely a mistake.
 */
export async function run(session: Session): Promise<void> {
  const { invocation, emit } = session;
  const { load } = await configFile(invocation, "unset_allowed");
  const whole = load(chosenEnvironment(invocation));
  const environments = environmentsToTry(whole);
  const results = environments.length === 0 ? [whole] : environments.map(load);
  const problems = results.flatMap((each) => (each.kind === "invalid" ? each.problems : []));
  const lints = results.flatMap((each) => (each.kind === "loaded" ? each.config.lints : []));
  if (invocation.has("strict")) problems.push(...lints);
  tellUnset(session, [
    ...new Set(results.flatMap((each) => (each.kind === "loaded" ? each.config.unsetEnv : []))),
  ]);
  if (problems.length > 0) return emit({ kind: "config_invalid", problems: unique(problems) });
  const [first] = results;
  if (first?.kind !== "loaded") throw new Error("a configuration without problems was not loaded");
  const { desired, files } = first.config;
  emit({ kind: "validated", desired, files, environments });
}

/** That none was chosen is no mistake here, as long as it is the only one. */
function environmentsToTry(result: ConfigResult): readonly string[] {
  if (result.kind === "loaded") return [];
  const [problem, second] = result.problems;
  if (problem?.code !== "environment_missing" || second !== undefined) return [];
  return problem.known;
}

/** What is wrong in every environment is told once. */
function unique<Item>(items: readonly Item[]): readonly Item[] {
  return [...new Map(items.map((item) => [JSON.stringify(item), item])).values()];
}
