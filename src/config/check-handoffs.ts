import type { ProblemLog } from "./problem-log.ts";
import { isUnset, itemsOf, type Tree, textOf } from "./tree.ts";

/** Reports handoffs to keys that the project does not have. */
export function checkHandoffs(
  log: ProblemLog,
  keys: ReadonlySet<string>,
  handoffs: Tree | undefined,
): void {
  for (const item of itemsOf(handoffs)) {
    const name = textOf(item);
    if (name === undefined || keys.has(name) || isUnset(item)) continue;
    const suggestions = log.suggest(name, keys);
    log.report(item, { code: "unknown_agent", name, in: "handoffs", suggestions });
  }
}
