import { agentTable } from "../agent/agent-table.ts";
import type { Property } from "../agent/property.ts";
import type { ProblemLog } from "./problem-log.ts";
import { isUnset, itemsOf, type Tree, textOf } from "./tree.ts";

const knownPaths: ReadonlySet<string> = new Set(pathsOf(agentTable, ""));
const labelPaths = agentTable
  .filter((row) => row.kind.kind === "labels")
  .map((row) => `${row.name}.`);

/** Reports every path in `ignore_changes` that names no property of an agent, such as one with a typing error. */
export function checkIgnoredPaths(log: ProblemLog, paths: Tree | undefined): void {
  for (const item of itemsOf(paths)) {
    const path = textOf(item);
    if (path === undefined || isUnset(item) || knownPaths.has(path) || isLabel(path)) continue;
    const suggestions = log.suggest(path, knownPaths);
    log.report(item, { code: "unknown_property", name: path, suggestions });
  }
}

function isLabel(path: string): boolean {
  return labelPaths.some((prefix) => path.startsWith(prefix) && path.length > prefix.length);
}

function pathsOf(rows: readonly Property[], prefix: string): readonly string[] {
  return rows.flatMap((row) => {
    const path = prefix + row.name;
    return row.kind.kind === "record" ? [path, ...pathsOf(row.kind.rows, `${path}.`)] : [path];
  });
}
