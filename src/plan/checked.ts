import { type Check, isAbout } from "../agent/check.ts";
import type { DesiredAgent } from "../agent/definition.ts";
import type { Json } from "../agent/json.ts";
import { type Storage, storageFor } from "./conversation-storage.ts";
import type { Released } from "./gated.ts";

/** One check of one agent that must pass before anything is released. */
export type CheckRun = Released & {
  readonly check: Check;
  readonly storage: Storage;
};

/** More requests than this are worth a warning. */
export const manyRequests = 100;

/** The checks that a release has to pass, for each of its agents. `agents` are all of the project. */
export function checkRuns(
  checks: readonly Check[],
  released: readonly Released[],
  agents: readonly DesiredAgent[],
): readonly CheckRun[] {
  const definitions = new Map(agents.map(({ key, definition }) => [key, definition]));
  return checks.flatMap((check) =>
    released
      .filter(({ key }) => isAbout(check, key))
      .map(({ key, pinned }) => ({
        key,
        pinned,
        check,
        // What a pinned version hands off to and which functions it has is not known here.
        storage:
          pinned !== undefined
            ? "stored"
            : storageFor(
                { key },
                (ref) => ("key" in ref ? definitions.get(ref.key) : undefined),
                check.say.length,
              ),
      })),
  );
}

/** About how many requests checks take: every try, each of its turns, and one more where functions are answered. */
export function estimatedRequests(runs: readonly CheckRun[]): number {
  return runs
    .map(({ check }) => {
      const answers = check.functions.size > 0 || check.expect.calls.length > 0 ? 1 : 0;
      return check.tries * (check.say.length + answers);
    })
    .reduce((sum, each) => sum + each, 0);
}

/** What a check asks and expects, without its place and whom it is about. */
export function checkJson({ name, say, expect, functions, tries, passes }: Check): Json {
  const { handoff, jsonSchema, calls, ...wanted } = expect;
  return [
    name,
    say,
    { ...wanted },
    calls.map((call) => ({ ...call })),
    handoff === undefined ? null : { ...handoff },
    jsonSchema?.schema ?? null,
    [...functions],
    tries,
    passes,
  ];
}
