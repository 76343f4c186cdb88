import fc from "fast-check";
import { type Behaviour, likelyBehaviour, switches } from "../../src/emulator/behaviour.ts";
import { type Edition, edition } from "./fleet.ts";
import { type Trouble, troubles } from "./trouble.ts";

/** One apply: of which edition, how, and what goes wrong with it. */
export type Step = {
  /** Its place among the editions, which it goes round: going back to one is frequent. */
  readonly edition: number;
  readonly parallelism: number;
  readonly onDrift: "fail" | "overwrite";
  /** Runs before it that are killed right after this write, one after the other, too soon for a list that lags. */
  readonly kills: readonly number[];
  readonly troubles: readonly Trouble[];
};

/** Agents that are not ours, and what makes them look as if they were. */
export type Stranger = "nobody" | "namesake" | "other_project" | "other_environment";

/** Everything that a run of the soak test depends on: plain data, so that it can be shrunk and shown. */
export type Story = {
  readonly behaviour: Partial<Behaviour>;
  readonly environment: "" | "staging";
  readonly strangers: readonly Stranger[];
  readonly editions: readonly Edition[];
  readonly steps: readonly Step[];
};

/** Switches that only make a run slower, and those under which nothing can be released. */
const dull = new Set(["latency_ms", "patch_makes"]);
const amounts: { readonly [name: string]: readonly (number | null)[] } = {
  listed_after_reads: [0, 1, 2, 3],
  requests_per_second: [null, null, null, 5],
  metadata_keys: [null, 12],
  metadata_value_length: [null, 512],
};

/** Mostly the likely behaviour with a few differences, which shrink away. */
const behaviour: fc.Arbitrary<Partial<Behaviour>> = fc
  .array(
    fc.constantFrom(...Object.keys(switches).filter((name) => !dull.has(name))).chain((name) => {
      const values = valuesOf(name);
      return fc.constantFrom(...values).map((value) => [name, value] as const);
    }),
    { maxLength: 6 },
  )
  .map((pairs) => {
    const usual: Readonly<Record<string, unknown>> = likelyBehaviour;
    return Object.fromEntries(pairs.filter(([name, value]) => usual[name] !== value));
  });

function valuesOf(name: string): readonly (string | number | null)[] {
  const row = Object.entries(switches).find(([known]) => known === name)?.[1];
  if (row !== undefined && "values" in row) return row.values;
  return amounts[name] ?? [];
}

const step: fc.Arbitrary<Step> = fc.record({
  edition: fc.nat(2),
  parallelism: fc.integer({ min: 1, max: 4 }),
  onDrift: fc.constantFrom("fail", "overwrite"),
  kills: fc.oneof(
    { weight: 5, arbitrary: fc.constant([]) },
    { weight: 1, arbitrary: fc.array(fc.nat(5), { minLength: 1, maxLength: 3 }) },
  ),
  troubles,
});

/** One to four applies of up to three editions, with what goes wrong. */
export const story: fc.Arbitrary<Story> = fc.record({
  behaviour,
  environment: fc.constantFrom("", "staging"),
  strangers: fc.uniqueArray(
    fc.constantFrom<Stranger>("nobody", "namesake", "other_project", "other_environment"),
    { maxLength: 3 },
  ),
  editions: fc.array(edition, { minLength: 1, maxLength: 3 }),
  steps: fc.array(step, { minLength: 1, maxLength: 4 }),
});
