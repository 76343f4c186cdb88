import type { PointerDrift } from "../../plan/agent-plan.ts";
import { pointerText, versionText } from "./pointer-move.ts";

/** A pointer that was moved outside a release. */
export function pointerDriftText(drift: PointerDrift): string {
  const { pointer, expected, found, rememberedBy } = drift;
  const move = `${versionText(expected)} → ${versionText(found)}`;
  return rememberedBy === undefined
    ? `${pointerText(pointer)} was moved outside: ${move}`
    : `${pointerText(pointer)} was moved by promote or rollback: ${move} (${rememberedBy} remembers ${versionText(expected)})`;
}
