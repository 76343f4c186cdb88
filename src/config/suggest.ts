import { distance } from "fastest-levenshtein";

/** The candidates that a misspelt name probably meant, likeliest first, at most three. */
export type Suggest = (name: string, candidates: Iterable<string>) => readonly string[];

const comparisons = 2_000_000;
const longestName = 64;

/**
 * Suggestions whose cost is bounded: once this many comparisons were made there are no more, so that a file
 * full of errors is reported in a moment.
 */
export function boundedSuggest(): Suggest {
  let left = comparisons;
  return (name, candidates) => {
    if (name.length > longestName) return [];
    // Two letters swapped are two edits.
    const limit = name.length < 4 ? 1 : Math.max(2, Math.floor(name.length / 3));
    const near: { readonly candidate: string; readonly cost: number }[] = [];
    for (const candidate of candidates) {
      if (left === 0) return [];
      if (Math.abs(candidate.length - name.length) > limit) continue;
      left -= 1;
      const cost = distance(name, candidate);
      if (cost <= limit) near.push({ candidate, cost });
    }
    near.sort((a, b) => a.cost - b.cost);
    return near.slice(0, 3).map(({ candidate }) => candidate);
  };
}
