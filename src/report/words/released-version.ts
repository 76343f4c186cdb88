import type { Released } from "../../plan/gated.ts";

/** Whom a gate or a check is for: the agent, and its version where an alias is pinned to it. */
export function releasedText({ key, pinned }: Released): string {
  return pinned === undefined ? key : `${key} version ${pinned}`;
}
