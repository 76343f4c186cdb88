import type { Version } from "../agent/identity.ts";
import type { AliasMove, MoveTarget } from "../plan/alias-move.ts";
import { type Line, type Span, styled } from "./line.ts";

/** Alias moves as a table, in the order in which they are made. */
export function aliasMovesText(moves: readonly AliasMove[]): readonly Line[] {
  const keys = Math.max(...moves.map(({ key }) => key.length));
  const aliases = Math.max(...moves.map(({ alias }) => alias.length));
  return moves.map(({ key, alias, from, to }) => [
    "  ",
    key.padEnd(keys),
    "  ",
    styled("strong", alias.padEnd(aliases)),
    "  ",
    versionText(from),
    " → ",
    targetSpan(to),
  ]);
}

/** A version, or that there is none. Version 0 is one. */
export function versionText(version: Version | undefined): string {
  return version === undefined ? "none" : String(version);
}

function targetSpan(to: MoveTarget): Span {
  switch (to.kind) {
    case "built":
      return styled("added", `${to.expected} (new)`);
    case "existing":
      return styled("changed", String(to.version));
    case "removed":
      return styled("removed", "removed");
  }
}
