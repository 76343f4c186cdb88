/** One of a few values. */
export type Choice = {
  readonly values: readonly (string | number)[];
  readonly default: string | number;
};
/** A whole number from some amount on; null is none. */
export type Amount = { readonly atLeast: number; readonly default: number | null };

/** One thing that a server may do this way or that way, and where we know it from. */
export type Switch = (Choice | Amount) & { readonly doc: string; readonly source: string };
