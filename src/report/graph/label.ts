import { sanitizedLine } from "../safe/sanitize.ts";
import { truncated } from "../safe/truncate.ts";
import { actionSigns } from "../words/action-sign.ts";
import type { GraphNode } from "./handoff-graph.ts";

/** Longest line of a label, approximately. */
const longestLine = 48;

/** The label of a node: the sign of its action and its key, then its name if it differs. */
export function graphLabel({ key, name, action }: GraphNode): readonly string[] {
  const sign = action === undefined ? "" : `${actionSigns[action]} `;
  return [sign.trimStart() + key, ...(name === undefined ? [] : [name])].map((line) =>
    sanitizedLine(truncated(line, longestLine)),
  );
}
