import type { Scalar, Tree } from "./tree.ts";

/** The variables that a `vars` declares with their values as text; those without one are undefined. */
export function declaredVariables(vars: Tree | undefined): ReadonlyMap<string, string | undefined> {
  const members = vars?.kind === "map" ? [...vars.members] : [];
  return new Map(
    members.map(([name, { value }]) => [
      name,
      value.kind === "scalar" && value.value !== null ? spelled(value) : undefined,
    ]),
  );
}

/** A number as it is written: `1.10` is a release, not 1.1. */
function spelled({ value, source, start, end }: Scalar): string {
  return typeof value === "number" ? source.text.slice(start, end).trim() : String(value);
}
