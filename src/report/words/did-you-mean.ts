import { boundedSuggest } from "../../config/suggest.ts";

/** The names that were probably meant, as a question; undefined when none is near, or when the name itself is known. */
export function didYouMean(name: string, known: readonly string[]): string | undefined {
  if (known.includes(name)) return undefined;
  const near = boundedSuggest()(name, new Set(known));
  return near.length === 0 ? undefined : meant(near);
}

/** A question after likely names. */
export function meant(names: readonly string[]): string {
  return `Did you mean ${names.map((each) => `"${each}"`).join(" or ")}?`;
}
