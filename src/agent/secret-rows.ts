import type { Kind, Property } from "./property.ts";
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

/** The rows one level below a kind, of all its cases. */
function rowsInside(kind: Kind): readonly Property[] {
  switch (kind.kind) {
    case "record":
      return kind.rows;
    case "variant":
      return Object.values(kind.cases).flat();
    case "list":
    case "toolbox":
      return rowsInside(kind.of);
    case "text":
    case "prose":
    case "number":
    case "flag":
    case "choice":
    case "texts":
    case "set":
    case "json":
    case "secret":
    case "labels":
    case "handoffs":
      return [];
  }
}
