import { boundedSuggest } from "../../config/suggest.ts";

/** A question with similar names; undefined if none is close enough, or if the name itself is known. */
export function didYouMean(name: string, known: readonly string[]): string | undefined {
  if (known.includes(name)) return undefined;
  const near = boundedSuggest()(name, new Set(known));
  return near.length === 0 ? undefined : meant(near);
}

/** A question with these names. */
export function meant(names: readonly string[]): string {
  return `Did you mean ${names.map((each) => `"${each}"`).join(" or ")}?`;
}
