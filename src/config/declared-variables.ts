import type { Scalar, Tree } from "./tree.ts";

/** Replaces the value of a variable that cannot have one. That is reported where it is declared, not where it is used. */
export const invalidValue = Symbol("invalid");

export type DeclaredVariables = ReadonlyMap<string, string | typeof invalidValue | undefined>;

/** The variables that a `vars` declares with their values as text; null is undefined. */
export function declaredVariables(vars: Tree | undefined): DeclaredVariables {
  const members = vars?.kind === "map" ? [...vars.members] : [];
  return new Map(members.map(([name, { value }]) => [name, declared(value)]));
}

function declared(value: Tree): string | typeof invalidValue | undefined {
  if (value.kind !== "scalar") return invalidValue;
  return value.value === null ? undefined : spelled(value);
}

/** A number as it is written: `1.10` is a release, not 1.1. */
function spelled({ value, source, start, end }: Scalar): string {
  return typeof value === "number" ? source.text.slice(start, end).trim() : String(value);
}
