import type { Released } from "../../plan/gated.ts";

/** The agent of a gate or a check, with its version if an alias is pinned. */
export function releasedText({ key, pinned }: Released): string {
  return pinned === undefined ? key : `${key} version ${pinned}`;
}
