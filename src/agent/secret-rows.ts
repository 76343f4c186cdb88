import { type Kind, type Property, rowsInside } from "./property.ts";
import { mayHoldSecret } from "./secrets.ts";

/** The names of the rows that can hold a secret: a server's answer may keep what they hold to itself. */
export function secretRowNames(rows: readonly Property[]): readonly string[] {
  return rows.filter(({ kind }) => mayHoldSecret(kind)).map(({ name }) => name);
}

/**
 * The names of the properties, at any depth, that have a secret directly in them, such as `authorization`, or are
 * one. What changes in one of them is sensitive even where no secret is shown.
 */
export function secretHolderNames(rows: readonly Property[]): readonly string[] {
  return [...new Set(rows.flatMap(({ name, kind }) => holderNames(name, kind)))];
}

function holderNames(name: string, kind: Kind): readonly string[] {
  const inside = rowsInside(kind);
  const isHolder = inside.some((row) => row.kind.kind === "secret");
  return isHolder || kind.kind === "secret"
    ? [name]
    : inside.flatMap((row) => holderNames(row.name, row.kind));
}
