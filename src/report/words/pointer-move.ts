import type { Pointer, Version } from "../../agent/identity.ts";
import { isNoOp } from "../../plan/has-changes.ts";
import type { Plan } from "../../plan/plan.ts";
import type { MoveTarget, PointerMove } from "../../plan/pointer-move.ts";
import { counted } from "../safe/truncate.ts";
import { type Line, type Span, styled } from "./line.ts";

/** The heading of a list of pointer moves: `promote` and `rollback` build no versions first. */
export function movesHeading({ agents }: Plan): string {
  return agents.every(isNoOp)
    ? "Pointers to move"
    : "Pointers to move once every version is built and verified";
}

/** Pointer moves as a table, in their order. */
export function pointerMovesText(moves: readonly PointerMove[]): readonly Line[] {
  const keys = Math.max(...moves.map(({ key }) => key.length));
  const names = Math.max(...moves.map(({ pointer }) => pointerText(pointer).length));
  return moves.map((move) => [
    "  ",
    move.key.padEnd(keys),
    "  ",
    styled("strong", pointerText(move.pointer).padEnd(names)),
    "  ",
    versionText(move.from),
    " → ",
    targetSpan(move.to),
    ...(isForRollback(move) ? [styled("faint", "  for rollback")] : []),
  ]);
}

/** Whether a move records the version that another alias leaves, so that somebody can go back to it. */
export function isForRollback({ stage, to }: PointerMove): boolean {
  return stage === "remember" && to.kind !== "removed";
}

/** How many pointers move or have moved: "3 aliases", "2 aliases and 1 default version". */
export function pointersCounted(moves: readonly { readonly pointer: Pointer }[]): string {
  const defaults = moves.filter(({ pointer }) => pointer === "@default").length;
  const aliases = counted(moves.length - defaults, "alias", "aliases");
  if (defaults === 0) return aliases;
  const versions = counted(defaults, "default version");
  return defaults === moves.length ? versions : `${aliases} and ${versions}`;
}

/** The name of a pointer. */
export function pointerText(pointer: Pointer): string {
  return pointer === "@default" ? "default version" : pointer;
}

/** A version, or "none". Version 0 is a version. */
export function versionText(version: Version | null | undefined): string {
  return version === undefined || version === null ? "none" : String(version);
}

/** The target of a pointer. */
export function targetSpan(to: MoveTarget): Span {
  switch (to.kind) {
    case "built":
      return styled("added", `${to.expected} (new)`);
    case "existing":
      return styled("changed", String(to.version));
    case "removed":
      return styled("removed", "removed");
  }
}
