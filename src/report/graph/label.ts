import { sanitizedLine } from "../safe/sanitize.ts";
import { truncated } from "../safe/truncate.ts";
import { actionSigns } from "../words/action-sign.ts";
import type { GraphNode } from "./handoff-graph.ts";

/** Longest line of a label, about. */
const longestLine = 48;

/** What stands in a node: its key after the sign of what is done about it, then its name if it says more. */
export function graphLabel({ key, name, action }: GraphNode): readonly string[] {
  const sign = action === undefined ? "" : `${actionSigns[action]} `;
  return [sign.trimStart() + key, ...(name === undefined ? [] : [name])].map((line) =>
    sanitizedLine(truncated(line, longestLine)),
  );
}
