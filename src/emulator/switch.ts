/** One of several values. */
export type Choice = {
  readonly values: readonly (string | number)[];
  readonly default: string | number;
};
/** A whole number with a minimum; null for none. */
export type Amount = { readonly atLeast: number; readonly default: number | null };

/** One way in which servers may differ, and the source of that. */
export type Switch = (Choice | Amount) & { readonly doc: string; readonly source: string };
