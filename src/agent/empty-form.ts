import type { Difference } from "./differences.ts";
import { type JsonObject, objectOf } from "./json.ts";
import type { Property } from "./property.ts";
import { isSamePath } from "./property-path.ts";

/**
 * What clears the properties that a server did not take, on servers that take null for "leave it as it is".
 * Undefined where anything else was not taken, or where nothing but null would clear one.
 */
export function emptyForms(
  rows: readonly Property[],
  missed: readonly Difference[],
): JsonObject | undefined {
  const forms = missed.map(({ path, after }) => {
    const row = rows.find(({ name }) => isSamePath(path, [name]));
    return after === undefined && row?.emptied !== undefined
      ? ([row.name, row.emptied] as const)
      : undefined;
  });
  const whole = forms.filter((form) => form !== undefined);
  return whole.length === missed.length ? objectOf(whole) : undefined;
}
