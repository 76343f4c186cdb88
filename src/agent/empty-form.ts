import type { Difference } from "./differences.ts";
import type { Json } from "./json.ts";

/** What clears a property on servers that take null for "leave it as it is". Handoffs have no such form. */
export const emptyForms: { readonly [name: string]: Json } = {
  instructions: "",
  description: "",
  guardrails: [],
};

/** Whether all that a server did not take was to be cleared, and can be in the empty form. */
export function canBeEmptied(missed: readonly Difference[]): boolean {
  return missed.every(({ path, after }) => after === undefined && emptyForms[path] !== undefined);
}
