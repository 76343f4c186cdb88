import type { Tree } from "./tree.ts";

/** The variables that a `vars` declares with their values as text; those without one are undefined. */
export function declaredVariables(vars: Tree | undefined): ReadonlyMap<string, string | undefined> {
  const members = vars?.kind === "map" ? [...vars.members] : [];
  return new Map(
    members.map(([name, { value }]) => [
      name,
      value.kind === "scalar" && value.value !== null ? String(value.value) : undefined,
    ]),
  );
}
